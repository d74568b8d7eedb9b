package dev.tenantry.billing;

import dev.tenantry.identity.DomainPrefix;
import java.util.Optional;

/// What came of an event, and in which tenant.
///
/// @param tenant  empty where the event led to none
/// @param several more than one subscription of the tenant's entitles, of which one is shown
public record Followed(Outcome outcome, Optional<DomainPrefix> tenant, boolean several) {

    /// Without a look at any subscription.
    static Followed unseen(Outcome outcome, Optional<DomainPrefix> tenant) {
        return new Followed(outcome, tenant, false);
    }
}
