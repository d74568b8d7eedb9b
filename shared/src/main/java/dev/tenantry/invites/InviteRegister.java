package dev.tenantry.invites;

import java.time.Instant;
import java.util.Map;

/// What a tenant's invites are numbered and counted by.
///
/// @param lastId     the id of the latest
/// @param validUntil of each pending or expired one, by id
public record InviteRegister(long lastId, Map<Long, Instant> validUntil) {

    /// Of a tenant that never invited anybody.
    static final InviteRegister NONE = new InviteRegister(0, Map.of());

    public InviteRegister {
        validUntil = Map.copyOf(validUntil);
    }

    /// How many invites can be accepted at an instant.
    public long pendingAt(Instant now) {
        return validUntil.values().stream().filter(until -> until.isAfter(now)).count();
    }
}
