package dev.tenantry.text;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/// Instants as the API writes them: ISO 8601 in UTC with milliseconds, always three digits of them, so that a whole
/// second looks like any other instant.
public final class Timestamp {

    private static final DateTimeFormatter MILLISECONDS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private Timestamp() {}

    public static String of(Instant instant) {
        return MILLISECONDS.format(instant);
    }
}
