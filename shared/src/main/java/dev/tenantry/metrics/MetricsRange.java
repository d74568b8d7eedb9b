package dev.tenantry.metrics;

import dev.tenantry.refusal.Refusal.Fault;
import dev.tenantry.refusal.Refusal.InvalidRequest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which windows somebody asks for.
///
/// @param from what the first window is to hold; empty for 29 days before the last one's date
/// @param to   what the windows are to reach; empty for now
public record MetricsRange(Interval interval, TimeZoneName timeZone, Optional<Bound> from, Optional<Bound> to) {

    /// Dates that the last 30 days are made of, besides the last.
    private static final int DAYS_BEFORE = 29;

    /// Every zone's offset has been whole quarter hours since; and nobody had usage here before.
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

    /// The first instant asked for, and the first one that is not.
    record Span(Instant from, Instant to) {}

    /// @throws InvalidRequest if it is no range; both bounds' faults are named
    Span at(Instant now) {
        var zone = timeZone.zone();
        Instant end = to.map(bound -> bound.in(zone)).orElse(now);
        // Within their bounds before any calendar is asked about them.
        List<Fault> faults = new ArrayList<>();
        if (from.isPresent() && from.get().in(zone).isBefore(EARLIEST)) {
            faults.add(new Fault("?from", "must not be before " + EARLIEST));
        }
        if (from.isPresent() && !from.get().in(zone).isBefore(LATEST)) {
            faults.add(new Fault("?from", "must be before " + LATEST));
        }
        if (end.isAfter(LATEST)) {
            faults.add(new Fault("?to", "must not be after " + LATEST));
        }
        if (!end.isAfter(EARLIEST)) {
            faults.add(new Fault("?to", "must be after " + EARLIEST));
        }
        if (!faults.isEmpty()) {
            throw new InvalidRequest(faults);
        }
        Instant start = from.map(bound -> bound.in(zone)).orElseGet(() -> {
            LocalDate last = LocalDate.ofInstant(end.minus(1, ChronoUnit.MILLIS), zone);
            return last.minusDays(DAYS_BEFORE).atStartOfDay(zone).toInstant();
        });
        if (start.isBefore(EARLIEST)) {
            throw new InvalidRequest("?from", "is required: without it the range would begin before " + EARLIEST);
        }
        if (!start.isBefore(end)) {
            throw new InvalidRequest(
                    "?from", to.isPresent() ? "must be before ?to" : "must be in the past unless ?to is given");
        }
        return new Span(start, end);
    }
}
