package dev.tenantry.usage;

import dev.tenantry.storage.Change;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Lookup;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.TenantScope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;

/// Gives a tenant's days their final form once nothing can change them any more (docs/adr/0018).
public final class FinaliseUsage {

    /// So many days after its end a day becomes final: five more than samples are taken for, which is how long a
    /// batch may wait to be folded.
    static final int DAYS = 40;

    /// Rows of one change, with the summary among them.
    private static final int MOST_DAYS = 90;

    private final UsageStore usage;

    @Inject
    FinaliseUsage(UsageStore usage) {
        this.usage = usage;
    }

    /// Whether there are days to give their final form.
    static boolean isDue(UsageSummary summary, Instant now) {
        return !summary.days().isEmpty() && summary.days().firstKey() <= lastDay(now);
    }

    /// Two round trips. Whatever is known of the tenant must be folded: what comes to its final days later finds
    /// its place taken.
    ///
    /// @throws Conflict if another change comes between the two
    Decision<UsageSummary> run(Door door) {
        TenantScope first = door.open(UsageStore.summary());
        UsageSummary known = first.found(UsageStore.summary()).orElse(UsageSummary.NONE);
        if (!isDue(known, first.now())) {
            return new Decision<>(known, Change.empty());
        }
        List<Long> due = known.days().headMap(lastDay(first.now()) + 1).keySet().stream()
                .limit(MOST_DAYS)
                .toList();
        List<Lookup<?>> lookups = new ArrayList<>();
        lookups.add(UsageStore.summary());
        due.forEach(day -> lookups.add(UsageStore.day(day)));
        TenantScope scope = door.open(lookups.toArray(Lookup<?>[]::new));
        UsageSummary summary = scope.found(UsageStore.summary())
                .filter(found -> found.version() == known.version())
                .orElseThrow(Conflict::new);
        Change change = Change.in(scope);
        for (long day : due) {
            // A day and its place in the summary are written together and never deleted, and the summary did not
            // change: this is no race, and no later run would fare better. A repair does.
            UsageDay open = scope.found(UsageStore.day(day))
                    .orElseThrow(() -> new IllegalStateException("the summary names a day that is not there"));
            usage.write(change, scope, open.finalised(summary.openingOf(day)));
        }
        UsageSummary after = summary.finalised(due.getLast());
        usage.write(change, scope, after);
        return new Decision<>(after, change);
    }

    private static long lastDay(Instant now) {
        return FoldUsage.day(now) - DAYS - 1;
    }
}
