package dev.tenantry.tenants;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.identity.TenantId;
import java.time.Instant;
import java.util.Optional;

/// A customer of the charger cloud.
///
/// @param stripeCustomerId who pays, once Stripe knows them
/// @param updatedAt        when what the tenant shows last changed
/// @param version          1 at first, one more with every change
public record Tenant(
        TenantId id,
        TenantName name,
        DomainPrefix domainPrefix,
        Optional<String> stripeCustomerId,
        Optional<CustomDomain> customDomain,
        Instant createdAt,
        Instant updatedAt,
        long version) {}
