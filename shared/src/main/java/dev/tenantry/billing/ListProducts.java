package dev.tenantry.billing;

import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import dev.tenantry.storage.Page;
import dev.tenantry.storage.PageRequest;
import java.time.Instant;
import java.util.List;
import javax.inject.Inject;

/// Lists what can be subscribed to, by number.
public final class ListProducts {

    private final Catalogue catalogue;

    @Inject
    ListProducts(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /// @param received when the request came
    /// @throws UpstreamUnavailable if Stripe fails or takes too long
    public Page<NumberedOffer> run(PageRequest page, Instant received) {
        long after = page.after().map(PageRequest::id).orElse(0L);
        List<NumberedOffer> rest = catalogue.offers(received.plus(Payments.TIME_LIMIT)).stream()
                .filter(offer -> offer.id() > after)
                .toList();
        return Page.of(
                rest.stream().limit(page.limit()).toList(),
                offer -> Integer.toString(offer.id()),
                rest.size() > page.limit());
    }
}
