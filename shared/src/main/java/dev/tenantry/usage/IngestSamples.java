package dev.tenantry.usage;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.refusal.Refusal.Unavailable;
import dev.tenantry.storage.Backoff;
import dev.tenantry.storage.Consumption;
import dev.tenantry.storage.Deadline;
import dev.tenantry.tenancy.TenantDoors;
import dev.tenantry.tenancy.TenantScope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import javax.inject.Inject;

/// Takes samples in, each once (docs/adr/0017). It writes by itself: samples of one delivery have nothing to do with
/// each other, so there is no decision that they would share.
public final class IngestSamples {

    /// How old a sample may be.
    public static final Duration MAX_AGE = Duration.ofDays(35);

    /// How far ahead of ours the sender's clock may be.
    public static final Duration MAX_AHEAD = Duration.ofMinutes(5);

    /// With the batch they fit into one transaction of 100 rows.
    static final int MAX_SAMPLES = 96;

    /// Most minutes of one batch in which chargers came or went, so that their rows, however big, fit into the
    /// transaction that folds it: eight of 250 KB, and 37 days of 40 KB.
    static final int MAX_MINUTES = 8;

    /// How often a transaction that met another is tried before the delivery is left to the queue.
    private static final int TRIES = 4;

    /// Transactions at once: the HTTP client keeps that many connections.
    private static final int PARALLEL = 5;

    private final TenantDoors doors;
    private final UsageStore usage;
    private final Clock clock;
    private final RandomGenerator random;

    @Inject
    IngestSamples(TenantDoors doors, UsageStore usage, Clock clock, RandomGenerator random) {
        this.doors = doors;
        this.usage = usage;
        this.clock = clock;
        this.random = random;
    }

    /// Takes in what one delivery brings. One round trip to read each hundred tenants, and for each 96 samples of a
    /// tenant one to write them, five at a time; one more where some of them were seen before. What can't be
    /// written, for whatever reason, is left to the queue, and the others are unharmed.
    ///
    /// @param goesOn   whether there is time for another transaction
    /// @param failures hears, from several threads, why something is left to the queue: an [Unavailable], or what
    ///                 should not have happened
    /// @return what became of each sample, in their order
    /// @throws Unavailable if the tenants can't be read; then nothing was written
    public List<SampleOutcome> run(List<Sample> samples, BooleanSupplier goesOn, Consumer<RuntimeException> failures) {
        Set<DomainPrefix> named = new HashSet<>();
        samples.forEach(sample -> named.add(sample.tenant()));
        Map<DomainPrefix, TenantScope> tenants = doors.usage(named);
        Instant now = clock.instant();

        SampleOutcome[] outcomes = new SampleOutcome[samples.size()];
        Map<DomainPrefix, Map<String, Integer>> first = new LinkedHashMap<>();
        Map<Integer, Integer> again = new LinkedHashMap<>();
        for (int i = 0; i < outcomes.length; i++) {
            Sample sample = samples.get(i);
            if (!tenants.containsKey(sample.tenant())) {
                outcomes[i] = SampleOutcome.UNKNOWN_TENANT;
            } else if (sample.at().isBefore(now.minus(MAX_AGE))) {
                outcomes[i] = SampleOutcome.TOO_OLD;
            } else if (sample.at().isAfter(now.plus(MAX_AHEAD))) {
                outcomes[i] = SampleOutcome.IN_FUTURE;
            } else {
                Integer earlier = first.computeIfAbsent(sample.tenant(), _ -> new LinkedHashMap<>())
                        .putIfAbsent(sample.id(), i);
                if (earlier != null) {
                    again.put(i, earlier);
                }
            }
        }
        List<Load> loads = new ArrayList<>();
        first.forEach((tenant, indexes) -> divide(tenant, samples, indexes.values(), loads));
        store(loads, samples, outcomes, now, goesOn, failures);
        // It is no duplicate of what was not taken.
        again.forEach((i, earlier) -> outcomes[i] =
                outcomes[earlier] == SampleOutcome.NOT_NOW ? SampleOutcome.NOT_NOW : SampleOutcome.DUPLICATE);
        return Arrays.asList(outcomes);
    }

    /// What goes into one transaction.
    ///
    /// @param indexes of samples of one tenant
    private record Load(DomainPrefix tenant, int shard, List<Integer> indexes) {}

    private static void divide(DomainPrefix tenant, List<Sample> samples, Iterable<Integer> indexes, List<Load> loads) {
        List<Integer> byTime = new ArrayList<>();
        indexes.forEach(byTime::add);
        byTime.sort(Comparator.comparing(i -> samples.get(i).at()));
        int shard = UsageStore.shard(tenant);
        List<Integer> load = new ArrayList<>();
        Set<Long> minutes = new HashSet<>();
        for (int i : byTime) {
            Sample sample = samples.get(i);
            long minute = UsageTime.minute(sample.at().toEpochMilli());
            boolean more = sample.delta() != 0 && !minutes.contains(minute);
            if (load.size() == MAX_SAMPLES || more && minutes.size() == MAX_MINUTES) {
                loads.add(new Load(tenant, shard, load));
                shard = (shard + 1) % UsageStore.SHARDS;
                load = new ArrayList<>();
                minutes.clear();
            }
            if (sample.delta() != 0) {
                minutes.add(minute);
            }
            load.add(i);
        }
        loads.add(new Load(tenant, shard, load));
    }

    private void store(
            List<Load> loads,
            List<Sample> samples,
            SampleOutcome[] outcomes,
            Instant now,
            BooleanSupplier goesOn,
            Consumer<RuntimeException> failures) {
        if (loads.size() == 1) {
            store(loads.getFirst(), samples, outcomes, now, failures);
            return;
        }
        try (ExecutorService threads =
                Executors.newFixedThreadPool(PARALLEL, Thread.ofVirtual().factory())) {
            List<Future<?>> done = new ArrayList<>();
            for (Load load : loads) {
                done.add(threads.submit(Consumption.sharedWith(Deadline.sharedWith(() -> {
                    if (goesOn.getAsBoolean()) {
                        store(load, samples, outcomes, now, failures);
                    } else {
                        load.indexes().forEach(i -> outcomes[i] = SampleOutcome.NOT_NOW);
                        failures.accept(new Unavailable("time was up"));
                    }
                }))));
            }
            for (Future<?> load : done) {
                load.get();
            }
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case Error error -> throw error;
                case RuntimeException unexpected -> throw unexpected;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted");
        }
    }

    private void store(
            Load load,
            List<Sample> samples,
            SampleOutcome[] outcomes,
            Instant now,
            Consumer<RuntimeException> failures) {
        List<Integer> wanted = new ArrayList<>(load.indexes());
        SampleOutcome outcome = SampleOutcome.NOT_NOW;
        try {
            // A conflict is another delivery of the same sample that is being written this very moment: then look
            // again.
            Backoff.forWork(random, TRIES).run(_ -> put(load, wanted, samples, outcomes, now));
            outcome = SampleOutcome.COUNTED;
        } catch (RuntimeException e) {
            // One load's failure is not the delivery's. Perhaps it was written: the queue delivers again, and what was
            // written is a duplicate then.
            failures.accept(e);
        }
        for (int i : wanted) {
            outcomes[i] = outcome;
        }
    }

    /// Puts what was not seen before.
    ///
    /// @param wanted loses what turns out to be seen
    private void put(Load load, List<Integer> wanted, List<Sample> samples, SampleOutcome[] outcomes, Instant now) {
        // Each time round is for at least one sample less.
        while (!wanted.isEmpty()) {
            List<Sample> asked = wanted.stream().map(samples::get).toList();
            Set<Sample> seen = new HashSet<>(usage.put(asked, batch(load, asked, now), now));
            if (seen.isEmpty()) {
                return;
            }
            for (int i : wanted) {
                outcomes[i] = seen.contains(samples.get(i)) ? SampleOutcome.DUPLICATE : outcomes[i];
            }
            wanted.removeIf(i -> outcomes[i] == SampleOutcome.DUPLICATE);
        }
    }

    private UsageBatch batch(Load load, List<Sample> samples, Instant now) {
        return UsageBatch.of(
                load.shard(), now.toEpochMilli(), random.nextLong(), load.tenant(), UsageDelta.of(samples));
    }
}
