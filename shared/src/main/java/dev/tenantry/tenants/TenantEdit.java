package dev.tenantry.tenants;

import java.util.Optional;

/// What an admin wants to be different about a tenant.
///
/// @param name         the new name; empty to keep it
/// @param customDomain the new custom domain, empty inside to have none; empty outside to keep it
public record TenantEdit(Optional<TenantName> name, Optional<Optional<CustomDomain>> customDomain) {}
