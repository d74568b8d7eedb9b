package dev.tenantry.bus;

import dev.tenantry.audit.AuditStore;
import dev.tenantry.audit.ChangeEvent;
import dev.tenantry.refusal.Refusal.Unavailable;
import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import dev.tenantry.storage.Backoff;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Row;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import javax.inject.Inject;

/// Tells the bus of the changes that audit rows hold, each at least once or not known to be told.
///
/// Whatever the bus did not take is put again, after a pause, until time is up. No event waits for another one: what
/// the bus keeps refusing stops nothing else (docs/adr/0031).
public final class AnnounceChanges {

    private final EventBus bus;
    private final Clock clock;
    private final RandomGenerator random;

    @Inject
    AnnounceChanges(EventBus bus, Clock clock, RandomGenerator random) {
        this.bus = bus;
        this.clock = clock;
        this.random = random;
    }

    /// What became of rows and of the events that they hold.
    ///
    /// @param outcomes of each row, in their order
    /// @param taken    how many events the bus has taken
    /// @param left     how many it has not
    /// @param repeated how many events were put more than once
    /// @param reason   why the last of these was not taken at once
    /// @param faults   why rows could not be understood
    public record Report(
            List<ChangeOutcome> outcomes,
            int taken,
            int left,
            int repeated,
            Optional<String> reason,
            List<RuntimeException> faults) {

        public Report {
            outcomes = List.copyOf(outcomes);
            faults = List.copyOf(faults);
        }
    }

    /// An event that is to be put, and the row that holds it.
    private record Pending(int row, BusEvent event) {}

    /// @param rows  as a stream tells of them; those that hold no audit entries are passed over
    /// @param shape what is told of a change, a JSON object
    /// @param time  how long calls to the bus may still start
    public Report run(List<Row> rows, Function<ChangeEvent, String> shape, Duration time) {
        Instant end = clock.instant().plus(time);
        List<ChangeOutcome> outcomes = new ArrayList<>();
        List<RuntimeException> faults = new ArrayList<>();
        List<Pending> all = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            try {
                List<Pending> told = new ArrayList<>();
                for (ChangeEvent change : AuditStore.changeEvents(rows.get(i))) {
                    told.add(new Pending(i, new BusEvent(change.action(), change.createdAt(), shape.apply(change))));
                }
                all.addAll(told);
                outcomes.add(told.isEmpty() ? ChangeOutcome.IGNORED : ChangeOutcome.TOLD);
            } catch (RuntimeException e) {
                outcomes.add(ChangeOutcome.UNREADABLE);
                faults.add(e);
            }
        }
        Round round = put(all, end);
        for (Pending left : round.left) {
            outcomes.set(left.row(), ChangeOutcome.NOT_NOW);
        }
        return new Report(
                outcomes,
                all.size() - round.left.size(),
                round.left.size(),
                round.repeated.size(),
                round.reason,
                faults);
    }

    /// Opens the way to the bus, and tells nobody anything.
    ///
    /// @throws UpstreamUnavailable if it could not be asked
    public void connect() {
        bus.connect();
    }

    private Round put(List<Pending> all, Instant end) {
        Round round = new Round(all);
        try {
            Backoff.forWork(clock, random, Duration.between(clock.instant(), end))
                    .run(_ -> {
                        round.go(end);
                        if (!round.left.isEmpty()) {
                            // Nothing that changes: to be run again is what it means.
                            throw new Conflict();
                        }
                    });
        } catch (Unavailable timeIsUp) {
            // What is left, the report says.
        }
        return round;
    }

    /// The events that are left, put once more at each round.
    private final class Round {

        private List<Pending> left;
        private final Set<Pending> repeated = new HashSet<>();
        private final Set<Pending> tried = new HashSet<>();
        private Optional<String> reason = Optional.empty();

        Round(List<Pending> all) {
            this.left = List.copyOf(all);
        }

        void go(Instant end) {
            List<Pending> still = new ArrayList<>();
            boolean isAway = false;
            for (int from = 0; from < left.size(); from += EventBus.CALL_SIZE) {
                List<Pending> some = left.subList(from, Math.min(from + EventBus.CALL_SIZE, left.size()));
                if (isAway || !clock.instant().isBefore(end)) {
                    still.addAll(some);
                    reason = reason.or(() -> Optional.of("time was up"));
                    continue;
                }
                for (Pending pending : some) {
                    if (!tried.add(pending)) {
                        repeated.add(pending);
                    }
                }
                try {
                    EventBus.Left refused =
                            bus.put(some.stream().map(Pending::event).toList());
                    reason = refused.reason().or(() -> reason);
                    for (int position : refused.positions()) {
                        still.add(some.get(position));
                    }
                } catch (UpstreamUnavailable e) {
                    // Nor would it take the others now.
                    isAway = true;
                    reason = Optional.of(e.reason());
                    still.addAll(some);
                }
            }
            left = List.copyOf(still);
        }
    }
}
