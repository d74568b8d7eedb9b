package dev.tenantry.local.demo;

import dev.tenantry.usage.Counters;
import dev.tenantry.usage.Sample;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Sixty days in the life of a depot: busy when people come to work and when they come home, quiet at night and on
/// Sundays, chargers that drop out now and then and come back, some errors. The same each time, but for where it ends.
final class DemoUsage {

    private static final int DAYS = 60;
    private static final Duration STEP = Duration.ofMinutes(15);
    private static final ZoneId DEPOT = ZoneId.of("Europe/Berlin");

    private final int chargers;
    private final Random random = new Random(42);
    private final List<Sample> samples = new ArrayList<>();

    private DemoUsage(int chargers) {
        this.chargers = chargers;
    }

    /// The usage up to a moment.
    ///
    /// @param chargers that are there all the time; when it is over they go, and whoever is there then comes
    static List<Sample> until(Instant now, int chargers) {
        DemoUsage usage = new DemoUsage(chargers);
        Instant first = now.minus(Duration.ofDays(DAYS)).truncatedTo(ChronoUnit.DAYS);
        usage.add(first.plusSeconds(1), new Counters(0, 0, 0, 0, chargers, 0, 0));
        for (Instant at = first; at.plus(STEP).isBefore(now); at = at.plus(STEP)) {
            usage.quarterHour(at);
        }
        usage.add(now, new Counters(0, 0, 0, 0, 0, chargers, 0));
        return usage.samples;
    }

    private void quarterHour(Instant start) {
        ZonedDateTime local = start.atZone(DEPOT);
        double load = load(local) * (0.85 + 0.3 * random.nextDouble());
        // A heartbeat every five minutes, and meter values of those that charge.
        long in = chargers * 3L + Math.round(chargers * load * 15);
        long out = in - random.nextInt(3);
        add(
                start.plus(STEP.dividedBy(2)),
                new Counters(in, out, in * (240 + random.nextInt(40)), out * (95 + random.nextInt(15)), 0, 0, 0));
        if (random.nextInt(16) == 0) {
            int dropped = 1 + random.nextInt(random.nextInt(20) == 0 ? chargers / 3 : 2);
            Instant when = start.plusMillis(random.nextLong(STEP.toMillis() / 2));
            add(when, new Counters(0, 0, 0, 0, 0, dropped, random.nextInt(2)));
            add(when.plusSeconds(20 + random.nextInt(300)), new Counters(0, 0, 0, 0, dropped, 0, 0));
        }
    }

    /// Which part of the chargers is charging.
    private static double load(ZonedDateTime local) {
        double hour = local.getHour() + local.getMinute() / 60.0;
        double week = switch (local.getDayOfWeek()) {
            case SUNDAY -> 0.35;
            case SATURDAY -> 0.6;
            default -> 1;
        };
        return 0.06 + week * (0.75 * bell(hour, 9.5, 2.2) + 0.6 * bell(hour, 18.5, 2.6));
    }

    private static double bell(double hour, double middle, double width) {
        double distance = (hour - middle) / width;
        return Math.exp(-distance * distance);
    }

    private void add(Instant at, Counters counters) {
        samples.add(Sample.of(at, counters));
    }
}
