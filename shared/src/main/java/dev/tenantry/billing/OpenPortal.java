package dev.tenantry.billing;

import dev.tenantry.config.Settings;
import dev.tenantry.refusal.InvalidValue;
import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import dev.tenantry.storage.Decision;
import dev.tenantry.subscriptions.SubscriptionStore;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.TenantScope;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;

/// Opens the billing portal for an admin, and gives the tenant its customer first if it has none, or none any more.
public final class OpenPortal {

    private final AssignCustomer assign;
    private final Payments payments;
    private final PortalOrigins origins;

    @Inject
    OpenPortal(AssignCustomer assign, Payments payments, Settings settings) {
        this.assign = assign;
        this.payments = payments;
        this.origins = new PortalOrigins(settings.portalOrigins());
    }

    /// A URL to lead back to.
    ///
    /// @throws InvalidValue if it is on none of the deployment's own origins
    public URI returnUrl(String text) {
        return origins.url(text);
    }

    /// @param returnUrl where the portal leads back to; the first origin if empty
    /// @param received  when the request came
    /// @throws UpstreamUnavailable if Stripe fails or takes too long
    public Decision<OpenedPortal> run(Door door, Optional<URI> returnUrl, Instant received) {
        TenantScope scope = door.open(SubscriptionStore.subscription());
        Instant deadline = received.plus(Payments.TIME_LIMIT);
        URI back = returnUrl.orElseGet(origins::first);
        List<CustomerId> gone = new ArrayList<>();
        // A customer that was deleted is replaced; so is its successor if that was deleted too. The deadline ends it.
        while (true) {
            Decision<AssignedCustomer> customer = assign.run(scope, gone, deadline);
            // The portal is opened before the customer is on record. If that then fails, nobody learns its address.
            Optional<URI> portal = payments.portal(customer.result().id(), back, deadline);
            if (portal.isPresent()) {
                return customer.map(assigned -> new OpenedPortal(portal.get(), assigned.adopted()));
            }
            gone.add(customer.result().id());
        }
    }
}
