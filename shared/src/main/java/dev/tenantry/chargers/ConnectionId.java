package dev.tenantry.chargers;

import dev.tenantry.identity.Digest;
import dev.tenantry.refusal.InvalidValue;

/// The broker's name for one WebSocket, never used for another: 1..128 printable ASCII characters without space.
public record ConnectionId(String value) {

    private static final int MAX_LENGTH = 128;

    /// @throws InvalidValue if it breaks the rule above
    public ConnectionId {
        if (value.isEmpty() || value.length() > MAX_LENGTH || !value.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new InvalidValue("must have 1 to 128 printable ASCII characters and no space");
        }
    }

    /// Tells it from a charger's other connections in eight bytes.
    long digest() {
        return Digest.number(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
