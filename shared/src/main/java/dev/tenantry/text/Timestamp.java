package dev.tenantry.text;

import dev.tenantry.refusal.InvalidValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Instants as the service writes and reads them, all of them to the millisecond.
///
/// It writes ISO 8601 in UTC with three digits of milliseconds, so that a whole second looks like any other instant.
///
/// It reads the same wherever a time comes in: ISO 8601's extended date and time with `Z` or an offset, as RFC 3339
/// (§5.6) has it, such as `2026-01-31T12:00:00.000Z` or `2026-01-31T14:00+02:00`.
///
/// - Seconds may be left out, and so may a fraction of them. It has 1 to 9 digits after a point; those beyond
///   milliseconds are cut off.
/// - An offset has hours and minutes with a colon, and is 18 hours at most. The name of a zone is none.
/// - The year has four digits. In UTC it is 0001 to 9999: the texts of other years are in another order than their
///   times, and not every reader of an answer takes them.
/// - `T` and `Z` are capital letters. A day ends at 23:59:59; there is no 24:00, and no leap second.
public final class Timestamp {

    private static final DateTimeFormatter MILLISECONDS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    /// Loaded with the first time that is read: most requests bring none.
    private static final class Format {

        static final DateTimeFormatter WITH_OFFSET = new DateTimeFormatterBuilder()
                .appendValue(ChronoField.YEAR, 4)
                .appendPattern("-MM-dd'T'HH:mm")
                .optionalStart()
                .appendPattern(":ss")
                .optionalStart()
                .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
                .optionalEnd()
                .optionalEnd()
                .appendOffset("+HH:MM", "Z")
                .toFormatter(Locale.ROOT)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    /// The form in which nearly all times come, `2026-01-31T12:00:00.000Z`, read by hand: a usage report has up to
    /// ten thousand of them.
    private static final class Usual {

        private static final String SHAPE = "0000-00-00T00:00:00.000Z";
        private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

        /// @return null for any other form, and for what is no time
        static @Nullable Instant parse(String text) {
            if (text.length() != SHAPE.length()) {
                return null;
            }
            for (int i = 0; i < SHAPE.length(); i++) {
                char c = text.charAt(i);
                char shape = SHAPE.charAt(i);
                if (shape == '0' ? c < '0' || c > '9' : c != shape) {
                    return null;
                }
            }
            int year = number(text, 0, 4);
            int month = number(text, 5, 2);
            int day = number(text, 8, 2);
            int hour = number(text, 11, 2);
            int minute = number(text, 14, 2);
            int second = number(text, 17, 2);
            // The last days of February are left to the other reader, and so are all other faults.
            if (year == 0 || month < 1 || month > 12 || day < 1 || day > DAYS[month - 1]) {
                return null;
            }
            if (hour > 23 || minute > 59 || second > 59) {
                return null;
            }
            long days = LocalDate.of(year, month, day).toEpochDay();
            long seconds = ((days * 24 + hour) * 60 + minute) * 60 + second;
            return Instant.ofEpochMilli(seconds * 1000 + number(text, 20, 3));
        }

        private static int number(String text, int from, int digits) {
            int number = 0;
            for (int i = from; i < from + digits; i++) {
                number = number * 10 + text.charAt(i) - '0';
            }
            return number;
        }
    }

    private Timestamp() {}

    public static String of(Instant instant) {
        return MILLISECONDS.format(instant);
    }

    /// The instant that a text names.
    ///
    /// @throws InvalidValue if the text breaks the rule above
    public static Instant parse(String text) {
        Instant usual = Usual.parse(text);
        if (usual != null) {
            return usual;
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(text, Format.WITH_OFFSET).withOffsetSameInstant(ZoneOffset.UTC);
            if (time.getYear() >= 1 && time.getYear() <= 9999) {
                return time.toInstant().truncatedTo(ChronoUnit.MILLIS);
            }
        } catch (DateTimeException e) {
            // Falls through to the same answer.
        }
        throw new InvalidValue("must be an ISO 8601 time with Z or an offset, such as 2026-01-31T12:00:00.000Z");
    }
}
