package dev.tenantry.chargers;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Whether a charger is connected, told by events that arrive late, twice and in any order. It holds the charger's
/// newest connection and whether that has ended, so all orders of the same events come to the same.
///
/// Newest is what connected last by the broker's time, not what was heard of last. A connection can end before it was
/// heard to begin: the ends of connections that may yet turn out to be newer are remembered.
///
/// @param connection  the newest connection that was heard to begin
/// @param connectedAt when it began
/// @param online      it has not ended
/// @param ended       connections that ended since then and were not the newest
/// @param lastSeenAt  time of the charger's latest event
public record Presence(
        ConnectionId connection, Instant connectedAt, boolean online, List<Ended> ended, Instant lastSeenAt) {

    /// The most ends to remember. More than one takes a charger that reconnects faster than its events arrive.
    static final int MAX_ENDED = 16;

    public Presence {
        ended = List.copyOf(ended);
    }

    /// A connection that has ended.
    public record Ended(ConnectionId connection, Instant at) {}

    /// Of a charger that connects for the first time.
    static Presence first(ConnectionId connection, Instant at) {
        return new Presence(connection, at, true, List.of(), at);
    }

    /// After a connection began.
    ///
    /// @return this if that changes nothing
    Presence connected(ConnectionId begun, Instant at) {
        if (begun.equals(connection) || !isNewer(begun, at)) {
            return seen(at);
        }
        boolean hasEnded = false;
        List<Ended> stillNewer = new ArrayList<>();
        for (Ended end : ended) {
            if (end.connection().equals(begun)) {
                hasEnded = true;
            } else if (!end.at().isBefore(at)) {
                // What ended before this one began cannot have begun after it.
                stillNewer.add(end);
            }
        }
        return new Presence(begun, at, !hasEnded, stillNewer, later(lastSeenAt, at));
    }

    /// After a connection ended.
    ///
    /// @return this if that changes nothing
    Presence disconnected(ConnectionId over, Instant at) {
        if (over.equals(connection)) {
            return online ? new Presence(connection, connectedAt, false, ended, later(lastSeenAt, at)) : seen(at);
        }
        if (at.isBefore(connectedAt)
                || ended.stream().anyMatch(end -> end.connection().equals(over))) {
            return seen(at);
        }
        List<Ended> more = new ArrayList<>(ended);
        more.add(new Ended(over, at));
        more.sort(Comparator.comparing(Ended::at).thenComparing(Ended::connection));
        return new Presence(
                connection,
                connectedAt,
                online,
                more.subList(Math.max(0, more.size() - MAX_ENDED), more.size()),
                later(lastSeenAt, at));
    }

    /// After something was heard of the charger.
    ///
    /// @return this if that is no news
    Presence seen(Instant at) {
        return at.isAfter(lastSeenAt) ? new Presence(connection, connectedAt, online, ended, at) : this;
    }

    /// By time, and by name where the times are the same: any order will do as long as everyone agrees on it.
    private boolean isNewer(ConnectionId begun, Instant at) {
        int order = at.compareTo(connectedAt);
        return order > 0 || order == 0 && begun.compareTo(connection) > 0;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
