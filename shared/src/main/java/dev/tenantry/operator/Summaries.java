package dev.tenantry.operator;

import dev.tenantry.config.Settings;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.tenancy.TenantState;
import dev.tenantry.tenants.Tenant;
import dev.tenantry.tenants.TenantStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.inject.Inject;

/// Sums tenants up.
final class Summaries {

    private final TenantStore tenants;
    private final Duration retention;

    @Inject
    Summaries(TenantStore tenants, Settings settings) {
        this.tenants = tenants;
        this.retention = settings.retention();
    }

    /// @param scope of a door that has read the tenant
    TenantSummary of(TenantScope scope) {
        TenantState state = scope.state();
        Optional<Instant> deletedAt = tenants.deletedAt(scope);
        if (state == TenantState.PURGED) {
            return new TenantSummary(
                    scope.tenant(),
                    state,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    deletedAt,
                    Optional.empty());
        }
        return of(scope, tenants.tenant(scope), state, deletedAt);
    }

    /// The same for a tenant as a change makes it.
    TenantSummary of(TenantScope scope, Tenant tenant, TenantState state, Optional<Instant> deletedAt) {
        return new TenantSummary(
                scope.tenant(),
                state,
                Optional.of(tenant.id()),
                Optional.of(tenant.name()),
                Optional.of(tenant.createdAt()),
                tenant.suspendedAt(),
                deletedAt,
                deletedAt.map(at -> at.plus(retention)));
    }

    /// Tenants that were deleted then or before are due to be purged.
    Instant latestDue(Instant now) {
        return now.minus(retention);
    }
}
