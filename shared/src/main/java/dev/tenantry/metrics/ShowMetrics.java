package dev.tenantry.metrics;

import dev.tenantry.refusal.Refusal.InvalidRequest;
import dev.tenantry.refusal.Refusal.RangeTooLarge;
import dev.tenantry.storage.Page;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.storage.Table;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.usage.Counters;
import dev.tenantry.usage.IngestReports;
import dev.tenantry.usage.OnlineDelta;
import dev.tenantry.usage.UsageDay;
import dev.tenantry.usage.UsageStore;
import dev.tenantry.usage.UsageSummary;
import dev.tenantry.usage.UsageTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;

/// Shows a tenant's usage as windows.
public final class ShowMetrics {

    /// Most windows of one range, however many pages it is read in.
    public static final int MAX_WINDOWS = 1000;

    private final UsageStore usage;

    @Inject
    ShowMetrics(UsageStore usage) {
        this.usage = usage;
    }

    /// The windows of a range, those without usage among them, by time; a position is a window's start. Two round
    /// trips, and one more for each further megabyte of days, some 350 full ones.
    ///
    /// @throws InvalidRequest if the range is none
    /// @throws RangeTooLarge  if it has more than [#MAX_WINDOWS]
    public Page<MetricsWindow> run(Door door, MetricsRange range, PageRequest page) {
        TenantScope scope = door.open(UsageStore.summary());
        MetricsRange.Span span = range.at(scope.now());
        Windows windows = new Windows(range.interval(), range.timeZone().zone());
        List<Instant> starts = new ArrayList<>();
        Instant next = windows.startOf(span.from());
        while (next.isBefore(span.to())) {
            if (starts.size() == MAX_WINDOWS) {
                throw new RangeTooLarge(MAX_WINDOWS);
            }
            starts.add(next);
            next = windows.endOf(next);
        }
        Instant end = next;
        Page<Instant> shown = shown(starts, page);
        List<MetricsWindow> result = new ArrayList<>();
        if (!shown.items().isEmpty()) {
            Instant first = shown.items().getFirst();
            Instant last = windows.endOf(shown.items().getLast());
            Online online = new Online(scope, first, last);
            for (Instant start : shown.items()) {
                Instant until = start.equals(starts.getLast()) ? end : windows.endOf(start);
                result.add(online.window(start, until));
            }
        }
        return new Page<>(result, shown.positions(), shown.next());
    }

    private static Page<Instant> shown(List<Instant> starts, PageRequest page) {
        List<Instant> rest = starts;
        if (page.after().isPresent()) {
            Instant after = instant(page.after().get());
            rest = starts.stream().filter(start -> start.isAfter(after)).toList();
        }
        return Table.cut(rest, page.limit(), start -> Long.toString(start.getEpochSecond()));
    }

    private static Instant instant(String position) {
        try {
            return Instant.ofEpochSecond(Integer.toUnsignedLong(Integer.parseUnsignedInt(position)));
        } catch (NumberFormatException e) {
            throw PageRequest.badCursor();
        }
    }

    /// Goes through a stretch of time from window to window, and knows how many chargers are online meanwhile.
    private final class Online {

        private final Instant now;
        private final Map<Long, UsageDay> days = new HashMap<>();
        private long online;

        Online(TenantScope scope, Instant from, Instant to) {
            now = scope.now();
            long first = UsageTime.dayOf(UsageTime.quarter(from));
            List<UsageDay> known = usage.days(scope, first, UsageTime.dayOf(UsageTime.quarter(to) - 1));
            known.forEach(day -> days.put(day.day(), day));
            online = opening(scope, first, known, UsageTime.dayOf(UsageTime.quarter(to) - 1));
            online = Counters.sum(
                    online,
                    onlineDelta(first * UsageTime.QUARTERS_A_DAY, UsageTime.quarter(from))
                            .sum());
        }

        /// How many chargers were online when the first day began.
        private long opening(TenantScope scope, long first, List<UsageDay> known, long last) {
            if (!known.isEmpty() && known.getFirst().opening().isPresent()) {
                // Nothing happened between the first day and this one, or there would be a day.
                return known.getFirst().opening().getAsLong();
            }
            UsageSummary summary = scope.found(UsageStore.summary()).orElse(UsageSummary.NONE);
            return known.isEmpty() && last <= summary.finalThrough()
                    ? usage.onlineBefore(scope, first)
                    : summary.openingOf(first);
        }

        MetricsWindow window(Instant start, Instant end) {
            long first = UsageTime.quarter(start);
            long after = UsageTime.quarter(end);
            Counters counters = Counters.ZERO;
            for (long day = UsageTime.dayOf(first); day <= UsageTime.dayOf(after - 1); day++) {
                Optional<UsageDay> known = Optional.ofNullable(days.get(day));
                if (known.isPresent()) {
                    for (int quarter = from(first, day); quarter < to(after, day); quarter++) {
                        counters = counters.plus(known.get().counters(quarter));
                    }
                }
            }
            OnlineDelta delta = onlineDelta(first, after);
            boolean isYetToCome = start.isAfter(now) && delta.equals(OnlineDelta.NONE);
            long most = isYetToCome ? 0 : Math.max(0, Counters.sum(online, delta.peak()));
            online = Counters.sum(online, delta.sum());
            return new MetricsWindow(
                    start, end, counters, most, end.plus(IngestReports.MAX_AGE).isBefore(now));
        }

        private OnlineDelta onlineDelta(long first, long after) {
            OnlineDelta delta = OnlineDelta.NONE;
            for (long day = UsageTime.dayOf(first); day <= UsageTime.dayOf(after - 1); day++) {
                Optional<UsageDay> known = Optional.ofNullable(days.get(day));
                if (known.isPresent()) {
                    for (int quarter = from(first, day); quarter < to(after, day); quarter++) {
                        delta = delta.then(known.get().onlineDelta(quarter));
                    }
                }
            }
            return delta;
        }

        private static int from(long first, long day) {
            return (int) Math.max(0, first - day * UsageTime.QUARTERS_A_DAY);
        }

        private static int to(long after, long day) {
            return (int) Math.min(UsageTime.QUARTERS_A_DAY, after - day * UsageTime.QUARTERS_A_DAY);
        }
    }
}
