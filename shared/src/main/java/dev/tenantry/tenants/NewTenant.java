package dev.tenantry.tenants;

import dev.tenantry.identity.DomainPrefix;

/// What a founder says of a tenant.
public record NewTenant(TenantName name, DomainPrefix domainPrefix) {}
