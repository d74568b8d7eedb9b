package dev.tenantry.tenancy;

import dev.tenantry.refusal.InvalidValue;

/// What a member may do, lowest first: each role may do all that the ones before it may.
public enum Role {
    /// Reads.
    VIEWER("viewer"),
    /// Also writes profiles and provisioning.
    USER("user"),
    /// Does everything.
    ADMIN("admin");

    private final String text;

    Role(String text) {
        this.text = text;
    }

    /// The role's name in the API and in the table.
    public String text() {
        return text;
    }

    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }

    /// The role of that name.
    ///
    /// @throws InvalidValue if there is none
    public static Role of(String text) {
        for (Role role : values()) {
            if (role.text.equals(text)) {
                return role;
            }
        }
        throw new InvalidValue("must be one of admin, user, viewer");
    }
}
