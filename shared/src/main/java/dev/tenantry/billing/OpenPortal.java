package dev.tenantry.billing;

import dev.tenantry.config.Settings;
import dev.tenantry.refusal.InvalidValue;
import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import dev.tenantry.storage.Decision;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.TenantScope;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.inject.Inject;

/// Opens the billing portal for an admin, and gives the tenant its customer first if it has none, or none any more.
public final class OpenPortal {

    /// How long all that Stripe has to do may take, however many calls it is, counted from when the request came. It leaves
    /// the storage its time within the five seconds that callers are promised.
    static final Duration PATIENCE = Duration.ofMillis(4200);

    private final AssignCustomer assign;
    private final Payments payments;
    private final PortalOrigins origins;

    @Inject
    OpenPortal(AssignCustomer assign, Payments payments, Settings settings) {
        this.assign = assign;
        this.payments = payments;
        this.origins = new PortalOrigins(settings.stripe().portalOrigins());
    }

    /// A URL to lead back to.
    ///
    /// @throws InvalidValue if it is on none of the deployment's own origins
    public URI returnUrl(String text) {
        return origins.url(text);
    }

    /// @param returnUrl where the portal leads back to; the first origin if empty
    /// @param received  when the request came
    /// @return the portal's address
    /// @throws UpstreamUnavailable if Stripe fails or takes too long
    public Decision<URI> run(Door door, Optional<URI> returnUrl, Instant received) {
        TenantScope scope = door.open(SubscriptionStore.subscription());
        Instant deadline = received.plus(PATIENCE);
        URI back = returnUrl.orElseGet(origins::first);
        Optional<CustomerId> gone = Optional.empty();
        // A customer that was deleted is replaced; so is its successor if that was deleted too. The deadline ends it.
        while (true) {
            Decision<CustomerId> customer = assign.run(scope, gone, deadline);
            // The portal is opened before the customer is on record. If that then fails, nobody learns its address.
            Optional<URI> portal = payments.portal(customer.result(), back, deadline);
            if (portal.isPresent()) {
                return new Decision<>(portal.get(), customer.change());
            }
            gone = Optional.of(customer.result());
        }
    }
}
