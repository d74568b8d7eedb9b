package dev.tenantry.tenants;

import dev.tenantry.edit.Edit;
import java.util.Optional;

/// What an admin wants to be different about a tenant.
///
/// @param name the new name; empty to keep it
public record TenantEdit(Optional<TenantName> name, Edit<CustomDomain> customDomain) {}
