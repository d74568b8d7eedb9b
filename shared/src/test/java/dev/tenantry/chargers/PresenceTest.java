package dev.tenantry.chargers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PresenceTest {

    private static final Instant EPOCH = Instant.parse("2026-03-01T09:00:00Z");

    /// An event as the broker tells it.
    private record Told(boolean begin, String connection, int at) {}

    /// What is true after some events, told without remembering as little as possible: the newest connection that
    /// began is the charger's, and it is online unless that one has ended.
    private static final class Model {
        private final Map<String, Integer> begun = new HashMap<>();
        private final Set<String> ended = new HashSet<>();

        void hear(Told event) {
            if (event.begin()) {
                begun.put(event.connection(), event.at());
            } else {
                ended.add(event.connection());
            }
        }

        String newest() {
            return begun.entrySet().stream()
                    .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                    .orElseThrow()
                    .getKey();
        }

        boolean online() {
            return !ended.contains(newest());
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

    @Test
    void neverRemembersMoreEndsThanItMay() {
        Presence presence = Presence.first(new ConnectionId("a"), at(0));
        for (int i = 0; i < 100; i++) {
            presence = presence.disconnected(new ConnectionId("x" + i), at(1 + i));
        }
        assertThat(presence.ended()).hasSize(Presence.MAX_ENDED);
        assertThat(presence.connected(new ConnectionId("x99"), at(50)).online()).isFalse();
        assertThat(presence.connected(new ConnectionId("new"), at(1000)).ended())
                .isEmpty();
    }

    private static void check(Told first, List<Told> order) {
        Model model = new Model();
        model.hear(first);
        Presence presence = Presence.first(new ConnectionId(first.connection()), at(first.at()));
        for (Told event : order) {
            model.hear(event);
            ConnectionId connection = new ConnectionId(event.connection());
            presence = event.begin()
                    ? presence.connected(connection, at(event.at()))
                    : presence.disconnected(connection, at(event.at()));
            if (presence.online() != model.online()
                    || !presence.connection().value().equals(model.newest())) {
                throw new AssertionError("after " + event + " of " + first + ", " + order + ": " + presence);
            }
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
