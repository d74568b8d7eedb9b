package dev.tenantry.users;

import dev.tenantry.identity.UserId;
import dev.tenantry.tenancy.Role;

/// That a person shall have a role.
public record RoleChange(UserId user, Role role) {}
