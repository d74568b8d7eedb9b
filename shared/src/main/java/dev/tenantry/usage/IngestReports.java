package dev.tenantry.usage;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.refusal.Refusal.Unavailable;
import dev.tenantry.storage.Backoff;
import dev.tenantry.storage.SideBySide;
import dev.tenantry.tenancy.TenantDoors;
import dev.tenantry.tenancy.TenantDoors.UsageTenants;
import dev.tenantry.usage.ReportOutcome.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import javax.inject.Inject;

/// Takes reports in, each once (docs/adr/0032). It writes by itself: reports of one delivery have nothing to do with
/// each other, so there is no decision that they would share.
public final class IngestReports {

    /// How old a sample may be.
    public static final Duration MAX_AGE = Duration.ofDays(35);

    /// How far ahead of ours the sender's clock may be.
    public static final Duration MAX_AHEAD = Duration.ofMinutes(5);

    /// With the batch they fit into one transaction of 100 rows.
    static final int MAX_REPORTS = 96;

    /// How often a transaction that met another is tried before the delivery is left to the queue.
    private static final int TRIES = 4;

    private final TenantDoors doors;
    private final UsageStore usage;
    private final Clock clock;
    private final RandomGenerator random;

    @Inject
    IngestReports(TenantDoors doors, UsageStore usage, Clock clock, RandomGenerator random) {
        this.doors = doors;
        this.usage = usage;
        this.clock = clock;
        this.random = random;
    }

    /// Takes in what one delivery brings. One round trip to read each hundred tenants, and for each 96 reports of a
    /// tenant one to write them, five at a time; one more where some of them were seen before. What can't be
    /// written, for whatever reason, is left to the queue, and the others are unharmed.
    ///
    /// @param goesOn   whether there is time for another transaction
    /// @param failures hears, from several threads, why something is left to the queue: an [Unavailable], or what
    ///                 should not have happened
    /// @return what became of each report, in their order
    /// @throws Unavailable if the tenants can't be read; then nothing was written
    public List<ReportOutcome> run(List<Report> reports, BooleanSupplier goesOn, Consumer<RuntimeException> failures) {
        Set<DomainPrefix> named = new HashSet<>();
        reports.forEach(report -> named.add(report.tenant()));
        UsageTenants tenants = doors.usage(named);
        Instant now = clock.instant();

        ReportOutcome[] outcomes = new ReportOutcome[reports.size()];
        Map<DomainPrefix, Map<String, Namesakes>> wanted = new LinkedHashMap<>();
        for (int i = 0; i < outcomes.length; i++) {
            Report report = reports.get(i);
            Optional<ReportOutcome> refusal = refusal(report, tenants, now);
            if (refusal.isPresent()) {
                outcomes[i] = refusal.get();
            } else {
                wanted.computeIfAbsent(report.tenant(), _ -> new LinkedHashMap<>())
                        .computeIfAbsent(report.id(), _ -> new Namesakes(report))
                        .places()
                        .add(i);
            }
        }
        List<Load> loads = new ArrayList<>();
        wanted.forEach((tenant, namesakes) -> divide(tenant, List.copyOf(namesakes.values()), loads));
        store(loads, reports, outcomes, now, goesOn, failures);
        return Arrays.asList(outcomes);
    }

    private static Optional<ReportOutcome> refusal(Report report, UsageTenants tenants, Instant now) {
        if (tenants.deleted().contains(report.tenant())) {
            return Optional.of(ReportOutcome.of(Kind.DELETED_TENANT));
        }
        if (!tenants.open().contains(report.tenant())) {
            return Optional.of(ReportOutcome.of(Kind.UNKNOWN_TENANT));
        }
        Instant oldest = now.minus(MAX_AGE);
        Instant newest = now.plus(MAX_AHEAD);
        List<Sample> samples = report.samples();
        for (int i = 0; i < samples.size(); i++) {
            Instant at = samples.get(i).at();
            if (at.isBefore(oldest)) {
                return Optional.of(new ReportOutcome(Kind.TOO_OLD, i));
            }
            if (at.isAfter(newest)) {
                return Optional.of(new ReportOutcome(Kind.IN_FUTURE, i));
            }
        }
        return Optional.empty();
    }

    /// Reports of a tenant that have the same id.
    ///
    /// @param first  the one that is tried
    /// @param places where they are in the delivery
    private record Namesakes(Report first, List<Integer> places) {

        Namesakes(Report first) {
            this(first, new ArrayList<>(1));
        }

        /// What became of them all.
        ///
        /// @param kind what became of the first one
        /// @param held what the report of their name says that counts; empty if that is the first one
        void settle(List<Report> reports, ReportOutcome[] outcomes, Kind kind, Optional<String> held) {
            outcomes[places.getFirst()] = ReportOutcome.of(kind);
            if (places.size() > 1) {
                String content = held.orElseGet(first::content);
                for (int place : places.subList(1, places.size())) {
                    // None is a duplicate of what was not taken.
                    outcomes[place] = ReportOutcome.of(
                            kind == Kind.NOT_NOW ? Kind.NOT_NOW : repeated(reports.get(place), content));
                }
            }
        }
    }

    private static Kind repeated(Report report, String content) {
        return content.equals(report.content()) ? Kind.DUPLICATE : Kind.CONFLICT;
    }

    /// What goes into one transaction: reports of one tenant.
    private record Load(DomainPrefix tenant, int shard, List<Namesakes> reports) {}

    private static void divide(DomainPrefix tenant, List<Namesakes> reports, List<Load> loads) {
        int shard = UsageStore.shard(tenant);
        for (int i = 0; i < reports.size(); i += MAX_REPORTS) {
            loads.add(new Load(tenant, shard, reports.subList(i, Math.min(i + MAX_REPORTS, reports.size()))));
            shard = (shard + 1) % UsageStore.SHARDS;
        }
    }

    private void store(
            List<Load> loads,
            List<Report> reports,
            ReportOutcome[] outcomes,
            Instant now,
            BooleanSupplier goesOn,
            Consumer<RuntimeException> failures) {
        SideBySide.each(loads, load -> {
            // What is all that there is to do is done, not weighed.
            if (loads.size() == 1 || goesOn.getAsBoolean()) {
                store(load, reports, outcomes, now, failures);
            } else {
                load.reports().forEach(left -> left.settle(reports, outcomes, Kind.NOT_NOW, Optional.empty()));
                failures.accept(new Unavailable("time was up"));
            }
        });
    }

    private void store(
            Load load,
            List<Report> reports,
            ReportOutcome[] outcomes,
            Instant now,
            Consumer<RuntimeException> failures) {
        Map<String, Namesakes> wanted = new LinkedHashMap<>();
        load.reports().forEach(some -> wanted.put(some.first().id(), some));
        Kind kind = Kind.NOT_NOW;
        try {
            // A conflict is another delivery of the same report that is being written this very moment: then look
            // again.
            Backoff.forWork(random, TRIES).run(_ -> put(load, wanted, reports, outcomes, now));
            kind = Kind.COUNTED;
        } catch (RuntimeException e) {
            // One load's failure is not the delivery's. Perhaps it was written: the queue delivers again, and what was
            // written is a duplicate then.
            failures.accept(e);
        }
        for (Namesakes some : wanted.values()) {
            some.settle(reports, outcomes, kind, Optional.empty());
        }
    }

    /// Puts what was not seen before.
    ///
    /// @param wanted loses what turns out to be seen
    private void put(
            Load load, Map<String, Namesakes> wanted, List<Report> reports, ReportOutcome[] outcomes, Instant now) {
        // Each time round is for at least one report less.
        while (!wanted.isEmpty()) {
            List<Report> asked = wanted.values().stream().map(Namesakes::first).toList();
            Map<Report, String> seen = usage.put(asked, batch(load, asked, now), now);
            if (seen.isEmpty()) {
                return;
            }
            seen.forEach((report, held) -> {
                Namesakes some = Objects.requireNonNull(wanted.remove(report.id()));
                some.settle(reports, outcomes, repeated(report, held), Optional.of(held));
            });
        }
    }

    private UsageBatch batch(Load load, List<Report> reports, Instant now) {
        return UsageBatch.of(
                load.shard(), now.toEpochMilli(), random.nextLong(), load.tenant(), UsageDelta.ofReports(reports));
    }
}
