package dev.tenantry.chargers;

import dev.tenantry.config.Settings;
import dev.tenantry.config.SubscriptionEnforcement;
import dev.tenantry.refusal.Refusal.LimitReached;
import dev.tenantry.storage.Lookup;
import dev.tenantry.subscriptions.Subscription;
import dev.tenantry.subscriptions.SubscriptionStatus;
import dev.tenantry.subscriptions.SubscriptionStore;
import dev.tenantry.tenancy.TenantScope;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;

/// How many chargers a tenant may have, and whether they may connect: as the operator says for everyone, and as the
/// tenant's subscription says where the operator has that enforced.
final class ChargerAllowance {

    private final SubscriptionEnforcement enforcement;
    private final int chargersPerTenant;

    @Inject
    ChargerAllowance(Settings settings) {
        this.enforcement = settings.subscriptionEnforcement();
        this.chargersPerTenant = settings.chargersPerTenant();
    }

    /// What to read along at the door: nothing where nothing is enforced.
    List<Lookup<?>> lookups() {
        return enforcement == SubscriptionEnforcement.OFF ? List.of() : List.of(SubscriptionStore.subscription());
    }

    /// @throws Rejection if the tenant has no active subscription and none of its chargers may connect without
    void requireToConnect(TenantScope scope) {
        if (enforcement == SubscriptionEnforcement.CONNECTION && active(scope).isEmpty()) {
            throw new Rejection(Reason.SUBSCRIPTION_INACTIVE);
        }
    }

    /// How many chargers there may be.
    int most(TenantScope scope) {
        return enforcement == SubscriptionEnforcement.OFF
                ? chargersPerTenant
                : (int) Math.min(
                        chargersPerTenant,
                        active(scope).map(Subscription::quantity).orElse(0L));
    }

    /// Why there may be no more.
    LimitReached limitReached(TenantScope scope) {
        int most = most(scope);
        return new LimitReached("chargers", most, most < chargersPerTenant);
    }

    private static Optional<Subscription> active(TenantScope scope) {
        return scope.found(SubscriptionStore.subscription()).filter(it -> it.status() == SubscriptionStatus.ACTIVE);
    }
}
