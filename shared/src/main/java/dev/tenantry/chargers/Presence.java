package dev.tenantry.chargers;

import java.time.Instant;

/// Whether a charger is connected, told by events that arrive late, twice and in any order: all orders of the same
/// events come to the same.
///
/// @param connections the latest that were heard of
/// @param lastSeenAt  time of the charger's latest event
public record Presence(Connections connections, Instant lastSeenAt) {

    /// Of a charger that connects for the first time.
    static Presence first(ConnectionId connection, Instant at) {
        return new Presence(Connections.NONE, at).connected(connection, at);
    }

    /// Of a charger of which a connection ended before it was heard to begin.
    static Presence ended(ConnectionId connection, Instant at) {
        return new Presence(Connections.NONE, at).disconnected(connection, at);
    }

    /// A connection was heard to begin.
    boolean hasBegun() {
        return connections.newest().isPresent();
    }

    boolean online() {
        return connections.online();
    }

    /// Whether that is the connection that began last, as far as was heard.
    boolean isNewest(ConnectionId connection) {
        return connections
                .newest()
                .filter(newest -> newest.name() == connection.digest())
                .isPresent();
    }

    /// After a connection began.
    ///
    /// @return this if that changes nothing
    Presence connected(ConnectionId begun, Instant at) {
        return with(connections.begun(begun.digest(), at.toEpochMilli()), at);
    }

    /// After a connection ended.
    ///
    /// @return this if that changes nothing
    Presence disconnected(ConnectionId over, Instant at) {
        return with(connections.ended(over.digest(), at.toEpochMilli()), at);
    }

    /// After something was heard of the charger.
    ///
    /// @return this if that is no news
    Presence seen(Instant at) {
        return with(connections, at);
    }

    private Presence with(Connections known, Instant at) {
        return known.equals(connections) && !at.isAfter(lastSeenAt)
                ? this
                : new Presence(known, at.isAfter(lastSeenAt) ? at : lastSeenAt);
    }
}
