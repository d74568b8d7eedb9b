package dev.tenantry.chargers;

import dev.tenantry.chargers.RecentRejection.Name;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which chargers of a tenant were turned away lately, newest first: the latest 200, for 7 days (docs/adr/0028).
record RecentRejections(List<RecentRejection> latest) {

    /// How many there are at most.
    static final int MOST = 200;

    /// How long one is kept after it last happened.
    static final Duration KEPT = Duration.ofDays(7);

    static final RecentRejections NONE = new RecentRejections(List.of());

    private static final Comparator<RecentRejection> NEWEST_FIRST = Comparator.comparing(RecentRejection::position);

    RecentRejections {
        latest = List.copyOf(latest);
    }

    /// Those that count at that time.
    RecentRejections at(Instant now) {
        Instant oldest = now.minus(KEPT);
        List<RecentRejection> kept = new ArrayList<>();
        for (RecentRejection rejection : latest) {
            if (rejection.lastAt().isAfter(oldest)) {
                kept.add(rejection);
            }
        }
        return new RecentRejections(kept);
    }

    /// These and more of them, each name once.
    RecentRejections with(Collection<RecentRejection> more) {
        Map<Name, RecentRejection> all = new LinkedHashMap<>();
        for (RecentRejection rejection : latest) {
            all.merge(rejection.name(), rejection, RecentRejection::plus);
        }
        for (RecentRejection rejection : more) {
            all.merge(rejection.name(), rejection, RecentRejection::plus);
        }
        List<RecentRejection> sorted = new ArrayList<>(all.values());
        sorted.sort(NEWEST_FIRST);
        return new RecentRejections(sorted.subList(0, Math.min(MOST, sorted.size())));
    }
}
