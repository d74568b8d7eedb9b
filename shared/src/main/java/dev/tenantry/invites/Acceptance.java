package dev.tenantry.invites;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.tenancy.Role;

/// What accepting an invite led to.
///
/// @param role what the person may do in the tenant now
public record Acceptance(DomainPrefix tenant, Role role) {}
