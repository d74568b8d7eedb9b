package dev.tenantry.chargers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.usage.ConnectionChanges;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PresenceTest {

    private static final Instant EPOCH = Instant.parse("2026-03-01T09:00:00Z");

    /// An event as the broker tells it.
    private record Told(boolean begin, String connection, int at) {}

    /// What is true after some events, by the plain rule and forgetting nothing: at any instant the charger is
    /// online if the connection that began last until then was not over.
    private static final class Model {
        private final Map<String, Integer> begun = new HashMap<>();
        private final Map<String, Integer> ended = new HashMap<>();

        void hear(Told event) {
            (event.begin() ? begun : ended).putIfAbsent(event.connection(), event.at());
        }

        Optional<String> newestAt(int second) {
            return begun.entrySet().stream()
                    .filter(beginning -> beginning.getValue() <= second)
                    .max(Map.Entry.<String, Integer>comparingByValue()
                            .thenComparing(Map.Entry.comparingByKey(Comparator.comparing(PresenceTest::digest))))
                    .map(Map.Entry::getKey);
        }

        boolean onlineAt(int second) {
            return newestAt(second)
                    .filter(newest -> ended.getOrDefault(newest, Integer.MAX_VALUE) > second)
                    .isPresent();
        }

        /// Of how many both is known. An end alone counts for nothing.
        long over() {
            return ended.keySet().stream().filter(begun::containsKey).count();
        }

        boolean online() {
            return newestAt(Integer.MAX_VALUE)
                    .filter(newest -> !ended.containsKey(newest))
                    .isPresent();
        }
    }

    private static long digest(String connection) {
        return new ConnectionId(connection).digest();
    }

    /// What a charger's events have added to usage, as windows would show it.
    private static final class Shown {
        private final SortedMap<Long, Long> online = new TreeMap<>();
        private long connects;
        private long disconnects;

        void add(ConnectionChanges changes) {
            changes.online().forEach((at, delta) -> online.merge(at, delta, Long::sum));
            connects += changes.connects().values().stream()
                    .mapToLong(count -> count)
                    .sum();
            disconnects += changes.disconnects().values().stream()
                    .mapToLong(count -> count)
                    .sum();
        }

        long onlineAt(int second) {
            return online.headMap(at(second).toEpochMilli() + 1).values().stream()
                    .mapToLong(delta -> delta)
                    .sum();
        }
    }

    /// Four connections: two in a row, one that begins before the last has ended, and one that began in the same
    /// millisecond.
    private static final List<Told> EVENTS = List.of(
            new Told(true, "a", 0),
            new Told(false, "a", 10),
            new Told(true, "b", 10),
            new Told(false, "b", 30),
            new Told(true, "c", 20),
            new Told(false, "c", 40),
            new Told(true, "d", 20),
            new Told(false, "d", 20));

    @Test
    void comesToTheSameInEveryOrder() {
        // The first connect registers the charger, so something began before anything else is heard of it.
        Told first = new Told(true, "0", -10);
        int orders = permute(new ArrayList<>(EVENTS), 0, order -> check(first, order));
        assertThat(orders).isEqualTo(40_320);
    }

    @Test
    void comesToTheSameWithDuplicatesInAnyOrder() {
        Random random = new Random(4);
        for (int round = 0; round < 20_000; round++) {
            List<Told> events = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                int begins = random.nextInt(6);
                events.add(new Told(true, "c" + i, begins));
                if (random.nextBoolean()) {
                    events.add(new Told(false, "c" + i, begins + random.nextInt(6)));
                }
            }
            List<Told> told = new ArrayList<>(events);
            for (Told event : events) {
                if (random.nextInt(3) == 0) {
                    told.add(event);
                }
            }
            Collections.shuffle(told, random);
            check(new Told(true, "0", random.nextInt(6)), told);
        }
    }

    @Test
    void remembersTheLatestEventWhateverItWas() {
        Presence presence = Presence.first(new ConnectionId("a"), at(10));
        assertThat(presence.seen(at(5))).isSameAs(presence);
        assertThat(presence.seen(at(15)).lastSeenAt()).isEqualTo(at(15));
        assertThat(presence.disconnected(new ConnectionId("old"), at(3)).lastSeenAt())
                .isEqualTo(at(10));
        assertThat(presence.connected(new ConnectionId("old"), at(3)).lastSeenAt())
                .isEqualTo(at(10));
        assertThat(presence.disconnected(new ConnectionId("a"), at(20)).lastSeenAt())
                .isEqualTo(at(20));
    }

    @Test
    void changesNothingTwice() {
        Presence presence = Presence.first(new ConnectionId("a"), at(10));
        assertThat(presence.connected(new ConnectionId("a"), at(10))).isSameAs(presence);
        Presence ended = presence.disconnected(new ConnectionId("a"), at(20));
        assertThat(ended.disconnected(new ConnectionId("a"), at(20))).isSameAs(ended);
        assertThat(ended.connected(new ConnectionId("a"), at(10))).isSameAs(ended);
        Presence overtaken = presence.disconnected(new ConnectionId("b"), at(20));
        assertThat(overtaken.disconnected(new ConnectionId("b"), at(20))).isSameAs(overtaken);
    }

    /// As many as are among the latest come to the same however late they are; an older one changes nothing.
    @Test
    void keepsTheLatestSixteenConnectionsAndTheOneFromWhichTheyBegin() {
        Random random = new Random(11);
        for (int round = 0; round < 400; round++) {
            Model model = new Model();
            Shown shown = new Shown();
            Connections known = Connections.NONE;
            List<Told> all = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                all.add(new Told(true, "c" + i, 10 * i));
                all.add(new Told(false, "c" + i, 10 * i + 1 + random.nextInt(25)));
            }
            // Each event is late by as many as twelve connections, and may come again.
            Map<Told, Integer> turns = new HashMap<>();
            all.forEach(event -> turns.put(event, event.at() + random.nextInt(120)));
            all.sort(Comparator.comparing(turns::get));
            for (int i = 0; i < all.size(); i++) {
                model.hear(all.get(i));
                known = told(known, all.get(i), shown);
                known = told(known, all.get(Math.max(0, i - random.nextInt(20))), shown);
                assertThat(known.latest().size()).isLessThanOrEqualTo(Connections.LATEST + 1);
            }
            for (int second = 0; second < 640; second++) {
                assertThat(shown.onlineAt(second)).as("%s", second).isEqualTo(model.onlineAt(second) ? 1 : 0);
            }
            assertThat(shown.connects).isEqualTo(60);
            assertThat(shown.disconnects).isEqualTo(60);
            Connections before = known;
            for (Told late : List.of(new Told(true, "late", 55), new Told(false, "later", 60), all.getFirst())) {
                assertThat(told(before, late, shown)).isSameAs(before);
            }
            assertThat(Connections.unpacked(known.packed())).isEqualTo(known);
            assertThat(known.packed().length).isLessThan((Connections.LATEST + 1) * 17 + 20);
        }
    }

    /// Ends of connections that were never heard to begin are pushed out as they get old.
    @Test
    void keepsNoEndForEver() {
        Presence presence = Presence.first(new ConnectionId("a"), at(0));
        for (int i = 0; i < 100; i++) {
            presence = presence.disconnected(new ConnectionId("x" + i), at(1 + i));
        }
        assertThat(presence.connections().latest()).hasSize(Connections.LATEST + 1);
        assertThat(presence.online()).isTrue();
        assertThat(presence.connected(new ConnectionId("x99"), at(90)).online()).isFalse();
        for (int i = 0; i < 100; i++) {
            presence = presence.connected(new ConnectionId("y" + i), at(200 + i));
        }
        assertThat(presence.connections().latest())
                .allMatch(connection -> connection.begun().isPresent());
        assertThat(presence.online()).isTrue();
    }

    /// Whatever is lost, and however many ends come of connections that never were: after each event, what windows
    /// show at last is what the charger is. As long as what is late is among the latest sixteen, they show at each
    /// second what the plain rule says.
    @Test
    void agreesWithWindowsWhateverIsLost() {
        Random random = new Random(16);
        for (int round = 0; round < 600; round++) {
            boolean isWild = round % 2 == 0;
            Model model = new Model();
            Shown shown = new Shown();
            Connections known = Connections.NONE;
            Map<Told, Integer> turns = new HashMap<>();
            for (int i = 0; i < 60; i++) {
                Told begin = new Told(true, "c" + i, 10 * i);
                Told end = new Told(false, "c" + i, 10 * i + 1 + random.nextInt(25));
                int late = isWild ? 600 : 50;
                if (random.nextInt(5) < (isWild ? 2 : 4)) {
                    turns.put(begin, begin.at() + random.nextInt(late));
                }
                if (random.nextInt(4) > 0) {
                    turns.put(end, end.at() + random.nextInt(late));
                }
            }
            List<Told> all = new ArrayList<>(turns.keySet());
            all.sort(Comparator.<Told>comparingInt(turns::get).thenComparing(Told::toString));
            for (Told event : all) {
                model.hear(event);
                known = told(known, event, shown);
                assertThat(known.latest().size()).isLessThanOrEqualTo(Connections.LATEST + 1);
                assertThat(shown.onlineAt(1_000)).isEqualTo(known.online() ? 1 : 0);
            }
            for (int second = 0; second < 640 && !isWild; second++) {
                assertThat(shown.onlineAt(second)).as("%s", second).isEqualTo(model.onlineAt(second) ? 1 : 0);
            }
            if (!isWild) {
                assertThat(shown.connects).isEqualTo(model.begun.size());
                assertThat(shown.disconnects).isEqualTo(model.over());
            }
        }
    }

    /// Windows would have it online for ever, and the statistics not.
    @Test
    void staysOnlineHoweverManyEndsComeOfConnectionsThatNeverWere() {
        Connections known = Connections.NONE.begun(1, 10_000);
        Connections before = known;
        for (int i = 0; i < 40; i++) {
            known = known.ended(100 + i, 20_000 + i);
            assertThat(known.online()).isTrue();
            assertThat(known.since(before)).isEqualTo(ConnectionChanges.with().changes());
            before = known;
        }
        assertThat(known.ended(1, 30_000).since(known).online()).containsExactly(Map.entry(30_000L, -1L));
    }

    /// Of what is known to have ended the beginning is news, also where others were forgotten in between.
    @Test
    void hearsOfALateBeginningAmongTheLatestSixteen() {
        Connections known = Connections.NONE.begun(1, 0).ended(2, 10).ended(3, 20);
        for (int i = 0; i < 15; i++) {
            known = known.begun(10 + i, 100 + 10 * i).ended(10 + i, 105 + 10 * i);
        }
        ConnectionChanges changes = known.begun(3, 15).since(known);
        assertThat(changes.online()).containsExactly(Map.entry(20L, -1L), Map.entry(100L, 1L));
    }

    /// What it took over from is forgotten, so nobody knows who was online then.
    @Test
    void hearsOfNoBeginningFromBeforeWhatIsRemembered() {
        Connections known = latest(Connections.NONE.begun(1, 0).begun(2, 100).ended(3, 150), 15);
        assertThat(known.begun(3, 50)).isSameAs(known);
        assertThat(known.begun(3, 120).since(known).online())
                .containsExactly(Map.entry(150L, -1L), Map.entry(200L, 1L));
    }

    /// Its end is forgotten, so it would go on until the next one.
    @Test
    void hearsOfNoBeginningWhoseEndIsForgotten() {
        Connections known = latest(Connections.NONE.begun(1, 0).ended(2, 10), 16);
        assertThat(known.begun(2, 5)).isSameAs(known);
    }

    private static Connections latest(Connections known, int more) {
        Connections all = known;
        for (int i = 0; i < more; i++) {
            all = all.begun(10 + i, 200 + 10 * i);
        }
        return all;
    }

    @Test
    void endsTheConnectionOfAChargerThatIsRemoved() {
        Connections open = Connections.NONE.begun(1, 10_000).begun(2, 20_000);
        ConnectionChanges changes = open.over(50_000).since(open);
        assertThat(changes.online()).containsExactly(Map.entry(50_000L, -1L));
        assertThat(changes.disconnects()).containsExactly(Map.entry(50_000L, 1L));
        assertThat(changes.connects()).isEmpty();
        // Of one that began later than that by its own clock, nothing is left.
        assertThat(open.over(15_000).since(open).online()).containsExactly(Map.entry(20_000L, -1L));
        Connections over = open.ended(2, 30_000);
        assertThat(over.over(50_000)).isSameAs(over);
        assertThat(Connections.NONE.over(50_000)).isSameAs(Connections.NONE);
    }

    private static Connections told(Connections known, Told event, Shown shown) {
        long at = at(event.at()).toEpochMilli();
        Connections next = event.begin()
                ? known.begun(digest(event.connection()), at)
                : known.ended(digest(event.connection()), at);
        shown.add(next.since(known));
        return next;
    }

    private static void check(Told first, List<Told> order) {
        Model model = new Model();
        model.hear(first);
        Presence presence = Presence.first(new ConnectionId(first.connection()), at(first.at()));
        Shown shown = new Shown();
        shown.add(presence.connections().since(Connections.NONE));
        for (Told event : order) {
            model.hear(event);
            ConnectionId connection = new ConnectionId(event.connection());
            Connections before = presence.connections();
            presence = event.begin()
                    ? presence.connected(connection, at(event.at()))
                    : presence.disconnected(connection, at(event.at()));
            shown.add(presence.connections().since(before));
            if (presence.online() != model.online()
                    || !presence.isNewest(
                            new ConnectionId(model.newestAt(Integer.MAX_VALUE).orElseThrow()))) {
                throw new AssertionError("after " + event + " of " + first + ", " + order + ": " + presence);
            }
        }
        // In between nothing happens.
        for (Told event : order) {
            if (shown.onlineAt(event.at()) != (model.onlineAt(event.at()) ? 1 : 0)) {
                throw new AssertionError("at " + event.at() + " of " + first + ", " + order);
            }
        }
        if (shown.connects != model.begun.size() || shown.disconnects != model.over()) {
            throw new AssertionError(
                    "of " + first + ", " + order + " are counted " + shown.connects + " and " + shown.disconnects);
        }
        int last = order.stream().map(Told::at).max(Comparator.naturalOrder()).orElseThrow();
        assertThat(presence.lastSeenAt()).isEqualTo(at(Math.max(last, first.at())));
    }

    private interface Order {
        void visit(List<Told> order);
    }

    private static int permute(List<Told> events, int from, Order visitor) {
        if (from == events.size()) {
            visitor.visit(events);
            return 1;
        }
        int count = 0;
        for (int i = from; i < events.size(); i++) {
            Collections.swap(events, from, i);
            count += permute(events, from + 1, visitor);
            Collections.swap(events, from, i);
        }
        return count;
    }

    private static Instant at(int seconds) {
        return EPOCH.plusSeconds(seconds);
    }
}
