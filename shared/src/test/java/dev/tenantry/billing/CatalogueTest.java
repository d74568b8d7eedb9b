package dev.tenantry.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.tenantry.refusal.Refusal.InvalidRequest;
import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import dev.tenantry.storage.Page;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.testing.TwoTenants;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What can be subscribed to, as everybody sees it.
class CatalogueTest extends TwoTenants {

    @Test
    void listsByNumberWhatHasOne() {
        stripe.sell(
                Offers.numbered("prod_b", 20),
                Offers.without("prod_add_on"),
                Offers.numbered("prod_a", 3),
                // Of two with one number, the newest.
                Offers.numbered("prod_old", 3),
                // The configuration's number goes before the metadata's.
                Offers.numbered("prod_configured", 99));
        assertThat(list().items())
                .extracting(NumberedOffer::id, offer -> offer.offer().stripeProductId())
                .containsExactly(tuple(3, "prod_a"), tuple(7, "prod_configured"), tuple(20, "prod_b"));
    }

    @Test
    void pagesThroughThem() {
        stripe.sell(Offers.numbered("prod_a", 1), Offers.numbered("prod_b", 2), Offers.numbered("prod_c", 30));
        Page<NumberedOffer> first = list(new PageRequest(2, Optional.empty()));
        assertThat(first.items()).extracting(NumberedOffer::id).containsExactly(1, 2);
        Page<NumberedOffer> second = list(new PageRequest(2, first.next()));
        assertThat(second.items()).extracting(NumberedOffer::id).containsExactly(30);
        assertThat(second.next()).isEmpty();
        assertThatExceptionOfType(InvalidRequest.class)
                .isThrownBy(() -> list(new PageRequest(2, Optional.of("prod_a"))));
    }

    @Test
    void remembersThemForSomeMinutes() {
        stripe.sell(Offers.numbered("prod_a", 1));
        list();
        stripe.sell(Offers.numbered("prod_b", 2));
        clock.advance(Catalogue.LIFETIME.minusMillis(1));
        assertThat(list().items()).extracting(NumberedOffer::id).containsExactly(1);
        assertThat(stripe.offerLooks()).isEqualTo(1);
        clock.advance(Duration.ofMillis(1));
        assertThat(list().items()).extracting(NumberedOffer::id).containsExactly(2);
        assertThat(stripe.offerLooks()).isEqualTo(2);
    }

    @Test
    void remembersNoFailure() {
        stripe.sell(Offers.numbered("prod_a", 1));
        stripe.failNext(1);
        assertThatExceptionOfType(UpstreamUnavailable.class).isThrownBy(this::list);
        assertThat(list().items()).hasSize(1);
        assertThat(stripe.deadlines()).allMatch(clock.instant().plus(Payments.TIME_LIMIT)::equals);
    }

    @Test
    void callsAProductByItsNameUnlessItHasAnother() {
        assertThat(Offers.numbered("prod_a", 1).displayName()).isEqualTo("Name of prod_a");
        for (String name : List.of("", " ", "Charge points")) {
            Offer named = new Offer(
                    "prod_a",
                    "Internal",
                    Optional.empty(),
                    Optional.of(1),
                    Map.of(Offer.DISPLAY_NAME, name),
                    Offers.numbered("prod_a", 1).price(),
                    new Offer.Bounds(1, 2));
            assertThat(named.displayName()).isEqualTo(name.isBlank() ? "Internal" : name);
        }
    }

    private Page<NumberedOffer> list() {
        return list(new PageRequest(1000, Optional.empty()));
    }

    private Page<NumberedOffer> list(PageRequest page) {
        return core.listProducts().run(page, clock.instant());
    }
}
