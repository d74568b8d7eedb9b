package dev.tenantry.chargers;

import dev.tenantry.refusal.InvalidValue;

/// The broker's name for one WebSocket, never used for another: 1..128 printable ASCII characters without space.
public record ConnectionId(String value) implements Comparable<ConnectionId> {

    private static final int MAX_LENGTH = 128;

    /// @throws InvalidValue if it breaks the rule above
    public ConnectionId {
        if (value.isEmpty() || value.length() > MAX_LENGTH || !value.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new InvalidValue("must have 1 to 128 printable ASCII characters and no space");
        }
    }

    @Override
    public int compareTo(ConnectionId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
