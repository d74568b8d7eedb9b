package dev.tenantry.metrics;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;

/// How a time zone is divided into windows. Windows adjoin: one's end is the next one's start. From 2000 on each begins
/// on a quarter hour in UTC.
final class Windows {

    /// Long enough to have a window's start in it, whatever the clocks do.
    private static final long LONG_BEFORE_HOURS = 4;

    private static final long QUARTER_SECONDS = 900;

    private final Interval interval;
    private final ZoneId zone;

    Windows(Interval interval, ZoneId zone) {
        this.interval = interval;
        this.zone = zone;
    }

    /// When the window begins that an instant is in.
    Instant startOf(Instant instant) {
        LocalDate date = LocalDate.ofInstant(instant, zone);
        return switch (interval) {
            case HOUR -> hourOf(instant);
            case DAY -> latest(instant, start(date), start(date.plusDays(1)));
            case WEEK -> {
                LocalDate monday = monday(date);
                yield latest(instant, start(monday), start(monday.plusWeeks(1)));
            }
            case MONTH -> {
                YearMonth month = YearMonth.from(date);
                yield latest(
                        instant,
                        start(month.atDay(1)),
                        start(month.plusMonths(1).atDay(1)));
            }
        };
    }

    /// When the window ends that begins at an instant.
    Instant endOf(Instant start) {
        LocalDate date = LocalDate.ofInstant(start, zone);
        return switch (interval) {
            case HOUR -> nextHour(start);
            case DAY -> start(date.plusDays(1));
            case WEEK -> start(monday(date).plusWeeks(1));
            case MONTH -> start(YearMonth.from(date).plusMonths(1).atDay(1));
        };
    }

    private static LocalDate monday(LocalDate date) {
        return date.minusDays(date.getDayOfWeek().getValue() - 1);
    }

    /// Where clocks go back over midnight, an instant can have the earlier date although the later one has begun.
    private static Instant latest(Instant instant, Instant start, Instant next) {
        return next.isAfter(instant) ? start : next;
    }

    private Instant start(LocalDate date) {
        return date.atStartOfDay(zone).toInstant();
    }

    private Instant hourOf(Instant instant) {
        Instant start = instant.minus(LONG_BEFORE_HOURS, ChronoUnit.HOURS);
        for (Instant next = nextHour(start); !next.isAfter(instant); next = nextHour(start)) {
            start = next;
        }
        return start;
    }

    /// The next instant at which clocks show a full hour, or skip to the midst of another one.
    private Instant nextHour(Instant after) {
        Instant from = after;
        while (true) {
            LocalDateTime local = LocalDateTime.ofInstant(from, zone);
            Instant full = local.truncatedTo(ChronoUnit.HOURS)
                    .plusHours(1)
                    .toInstant(zone.getRules().getOffset(from));
            ZoneOffsetTransition change = zone.getRules().nextTransition(from);
            if (change == null || change.getInstant().isAfter(full)) {
                return full;
            }
            if (begins(change)) {
                return change.getInstant();
            }
            from = change.getInstant();
        }
    }

    /// Whether a window begins where clocks change: at the full hour to which they go, or in the midst of an hour
    /// to which they skip (Lord Howe, 02:00 to 02:30). Where they go back into an hour that has begun, it goes on.
    /// And so it does where they skip a minute after midnight (St John's until 2011): two windows would share a
    /// quarter hour.
    private static boolean begins(ZoneOffsetTransition change) {
        LocalDateTime to = change.getDateTimeAfter();
        return to.equals(to.truncatedTo(ChronoUnit.HOURS))
                || change.isGap() && change.getInstant().getEpochSecond() % QUARTER_SECONDS == 0;
    }
}
