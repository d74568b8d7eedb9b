package dev.tenantry.tenants;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.tenancy.Role;

/// A tenant as one of its members sees it in the list of theirs.
public record OwnTenant(DomainPrefix domainPrefix, TenantName name, Role role) {}
