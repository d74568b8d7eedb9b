package dev.tenantry.operator;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.identity.TenantId;
import dev.tenantry.tenancy.TenantState;
import dev.tenantry.tenants.TenantName;
import java.time.Instant;
import java.util.Optional;

/// A tenant in a list of all.
///
/// @param id          empty once it is purged, like everything that follows but `deletedAt`
/// @param suspendedAt since when it is suspended; empty if it is not
/// @param deletedAt   when it was deleted; empty if it is not
/// @param purgedFrom  when its retention ends and its rows are removed; empty if it is not deleted, or purged
public record TenantSummary(
        DomainPrefix tenant,
        TenantState state,
        Optional<TenantId> id,
        Optional<TenantName> name,
        Optional<Instant> createdAt,
        Optional<Instant> suspendedAt,
        Optional<Instant> deletedAt,
        Optional<Instant> purgedFrom) {}
