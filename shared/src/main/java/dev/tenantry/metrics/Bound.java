package dev.tenantry.metrics;

import dev.tenantry.refusal.InvalidValue;
import dev.tenantry.text.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;

/// Where a range begins or ends, as somebody wrote it: an instant, or a date whose start is meant, in the range's time
/// zone.
public sealed interface Bound {

    /// @param instant the bound itself
    record At(Instant instant) implements Bound {

        @Override
        public Instant in(ZoneId zone) {
            return instant;
        }
    }

    /// @param date whose first instant is the bound
    record On(LocalDate date) implements Bound {

        @Override
        public Instant in(ZoneId zone) {
            return date.atStartOfDay(zone).toInstant();
        }
    }

    /// The bound that a text names.
    ///
    /// @throws InvalidValue if it is neither an instant as a [Timestamp] is read nor an ISO 8601 date
    static Bound of(String text) {
        if (text.indexOf('T') >= 0) {
            return new At(Timestamp.parse(text));
        }
        try {
            return new On(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            throw new InvalidValue("must be a date, such as 2025-10-15, or a time, such as 2025-10-15T15:19:50.834Z");
        }
    }

    /// The instant that it stands for in a time zone.
    Instant in(ZoneId zone);
}
