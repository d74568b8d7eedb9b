package dev.tenantry.users;

import dev.tenantry.tenancy.Role;
import dev.tenantry.tenancy.UserId;

/// That a person shall have a role.
public record RoleChange(UserId user, Role role) {}
