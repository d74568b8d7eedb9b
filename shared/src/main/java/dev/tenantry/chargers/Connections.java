package dev.tenantry.chargers;

import dev.tenantry.usage.ConnectionChanges;
import dev.tenantry.usage.VarInt;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// A charger's latest connections, told by events that arrive late, twice and in any order (docs/adr/0032).
///
/// @param latest  by when they began, or ended where only that is known: the latest [#LATEST], and before them the one
///                that they began from
/// @param horizon what began until then, in milliseconds since the epoch, is among the latest, or is forgotten
/// @param floor   what began until then is too old to be told even if it is among the latest: what it took over from
///                is forgotten
record Connections(List<Connection> latest, long horizon, long floor) {

    static final int LATEST = 16;

    static final Connections NONE = new Connections(List.of(), Long.MIN_VALUE, Long.MIN_VALUE);

    private static final Comparator<Connection> BY_TIME =
            Comparator.comparingLong(Connection::key).thenComparingLong(Connection::name);

    private static final int HAS_BEGUN = 1;
    private static final int HAS_ENDED = 2;

    Connections {
        latest = List.copyOf(latest);
    }

    /// What is known of one connection: that it began, or that it ended, or both.
    ///
    /// @param name  tells it from the charger's others
    /// @param begun in milliseconds since the epoch
    /// @param ended likewise
    record Connection(long name, OptionalLong begun, OptionalLong ended) {

        private long key() {
            return begun.orElseGet(ended::getAsLong);
        }

        private Connection with(OptionalLong newBegun, OptionalLong newEnded) {
            return new Connection(name, begun.isPresent() ? begun : newBegun, ended.isPresent() ? ended : newEnded);
        }

        /// Its end counts once it is heard to begin: alone it may be of one that is forgotten, or never was.
        private boolean isOver() {
            return begun.isPresent() && ended.isPresent();
        }
    }

    /// The one that began last. By name where two began in the same millisecond: any order will do as long as
    /// everyone agrees on it.
    Optional<Connection> newest() {
        return latest.stream()
                .filter(connection -> connection.begun().isPresent())
                .max(Comparator.<Connection>comparingLong(
                                connection -> connection.begun().getAsLong())
                        .thenComparingLong(Connection::name));
    }

    /// The newest connection is not over.
    boolean online() {
        return newest().filter(newest -> newest.ended().isEmpty()).isPresent();
    }

    /// @return this if that is no news, or too old to be told
    Connections begun(long name, long at) {
        return at <= (knows(name) ? floor : horizon) ? this : with(name, OptionalLong.of(at), OptionalLong.empty());
    }

    /// @return this if that is no news, or too old to be told
    Connections ended(long name, long at) {
        return at <= horizon && !knows(name) ? this : with(name, OptionalLong.empty(), OptionalLong.of(at));
    }

    private boolean knows(long name) {
        return latest.stream().anyMatch(connection -> connection.name() == name);
    }

    /// With the newest one over, if it is not.
    Connections over(long at) {
        return newest().filter(_ -> online())
                .map(newest -> with(
                        newest.name(),
                        OptionalLong.empty(),
                        OptionalLong.of(Math.max(at, newest.begun().getAsLong()))))
                .orElse(this);
    }

    private Connections with(long name, OptionalLong begun, OptionalLong ended) {
        Optional<Connection> before =
                latest.stream().filter(connection -> connection.name() == name).findFirst();
        Connection after =
                before.map(known -> known.with(begun, ended)).orElseGet(() -> new Connection(name, begun, ended));
        if (before.equals(Optional.of(after))) {
            return this;
        }
        List<Connection> all = new ArrayList<>(latest);
        before.ifPresent(all::remove);
        all.add(after);
        all.sort(BY_TIME);
        return latestOf(all);
    }

    /// The latest of some, and of those before them the one that began last: how it was until the next one began
    /// can still change.
    private Connections latestOf(List<Connection> all) {
        List<Connection> older = all.subList(0, Math.max(0, all.size() - LATEST));
        Optional<Connection> base = older.stream()
                .filter(connection -> connection.begun().isPresent())
                .reduce((_, last) -> last);
        List<Connection> kept = new ArrayList<>();
        base.ifPresent(kept::add);
        kept.addAll(all.subList(older.size(), all.size()));
        long newHorizon = horizon;
        long newFloor = floor;
        for (Connection forgotten : older) {
            if (base.filter(forgotten::equals).isEmpty()) {
                newHorizon = Math.max(newHorizon, forgotten.key());
                if (forgotten.begun().isPresent()) {
                    newFloor = Math.max(newFloor, base.orElseThrow().key());
                }
            }
        }
        return new Connections(kept, Math.max(newHorizon, newFloor), newFloor);
    }

    /// What these tell of who came, went and was online that others did not.
    ///
    /// @param before what was known before
    ConnectionChanges since(Connections before) {
        ConnectionChanges.Builder changes = ConnectionChanges.with();
        Map<Long, Connection> known = new HashMap<>();
        before.latest.forEach(connection -> known.put(connection.name(), connection));
        // What was forgotten meanwhile was all the same.
        List<Connection> all = new ArrayList<>(latest);
        Set<Long> kept = new HashSet<>();
        latest.forEach(connection -> kept.add(connection.name()));
        before.latest.stream()
                .filter(connection -> !kept.contains(connection.name()))
                .forEach(all::add);
        for (Connection connection : latest) {
            Connection was = known.get(connection.name());
            if (connection.begun().isPresent() && (was == null || was.begun().isEmpty())) {
                changes.connect(connection.begun().getAsLong());
            }
            if (connection.isOver() && (was == null || !was.isOver())) {
                changes.disconnect(connection.ended().getAsLong());
            }
        }
        timeline(all, changes, 1);
        timeline(before.latest, changes, -1);
        return changes.changes();
    }

    /// Online from when a connection begins until it is over or the next one begins.
    private static void timeline(List<Connection> connections, ConnectionChanges.Builder changes, int sign) {
        List<Connection> begun = connections.stream()
                .filter(connection -> connection.begun().isPresent())
                .sorted(BY_TIME)
                .toList();
        for (int i = 0; i < begun.size(); i++) {
            long from = begun.get(i).begun().getAsLong();
            long next = i + 1 < begun.size() ? begun.get(i + 1).begun().getAsLong() : Long.MAX_VALUE;
            long until = Math.min(begun.get(i).ended().orElse(Long.MAX_VALUE), next);
            if (until > from) {
                changes.online(from, sign);
                if (until < Long.MAX_VALUE) {
                    changes.online(until, -sign);
                }
            }
        }
    }

    /// In 17 bytes or so for each.
    byte[] packed() {
        VarInt.Writer out = new VarInt.Writer();
        out.signed(horizon);
        out.signed(floor);
        long last = 0;
        for (Connection connection : latest) {
            out.fixed(connection.name());
            out.unsigned((connection.begun().isPresent() ? HAS_BEGUN : 0)
                    | (connection.ended().isPresent() ? HAS_ENDED : 0));
            if (connection.begun().isPresent()) {
                out.signed(connection.begun().getAsLong() - last);
                last = connection.begun().getAsLong();
            }
            if (connection.ended().isPresent()) {
                out.signed(connection.ended().getAsLong() - last);
                last = connection.ended().getAsLong();
            }
        }
        return out.bytes();
    }

    static Connections unpacked(byte[] bytes) {
        VarInt.Reader in = new VarInt.Reader(bytes);
        long horizon = in.signed();
        long floor = in.signed();
        List<Connection> latest = new ArrayList<>();
        long last = 0;
        while (in.hasMore()) {
            long name = in.fixed();
            long known = in.unsigned();
            OptionalLong begun = OptionalLong.empty();
            OptionalLong ended = OptionalLong.empty();
            if ((known & HAS_BEGUN) != 0) {
                last += in.signed();
                begun = OptionalLong.of(last);
            }
            if ((known & HAS_ENDED) != 0) {
                last += in.signed();
                ended = OptionalLong.of(last);
            }
            latest.add(new Connection(name, begun, ended));
        }
        return new Connections(latest, horizon, floor);
    }
}
