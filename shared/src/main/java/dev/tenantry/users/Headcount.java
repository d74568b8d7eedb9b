package dev.tenantry.users;

import dev.tenantry.tenancy.Role;

/// How many people of each role a tenant has; kept in step with them in every transaction that changes them.
public record Headcount(long admins, long users, long viewers) {

    /// No change to the count.
    public static final Headcount ZERO = new Headcount(0, 0, 0);

    /// What changes when one person goes from one role to another.
    public static Headcount move(Role from, Role to) {
        return ZERO.plus(from, -1).plus(to, 1);
    }

    /// People of all roles.
    public long total() {
        return admins + users + viewers;
    }

    Headcount plus(Role role, long people) {
        return switch (role) {
            case ADMIN -> new Headcount(admins + people, users, viewers);
            case USER -> new Headcount(admins, users + people, viewers);
            case VIEWER -> new Headcount(admins, users, viewers + people);
        };
    }
}
