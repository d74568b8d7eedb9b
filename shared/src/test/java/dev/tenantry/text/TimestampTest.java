package dev.tenantry.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.refusal.InvalidValue;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampTest {

    @Test
    void writesThreeDigitsOfMilliseconds() {
        assertThat(Timestamp.of(Instant.ofEpochSecond(1_769_860_800))).isEqualTo("2026-01-31T12:00:00.000Z");
        assertThat(Timestamp.of(Instant.ofEpochSecond(1_769_860_800, 120_999_999)))
                .isEqualTo("2026-01-31T12:00:00.120Z");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T12:00:00.000Z, 2026-01-31T12:00:00.000Z",
        "2026-01-31T12:00:00Z, 2026-01-31T12:00:00.000Z",
        "2026-01-31T12:34:56Z, 2026-01-31T12:34:56.000Z",
        // Seconds may be left out.
        "2026-01-31T12:34Z, 2026-01-31T12:34:00.000Z",
        "2026-01-31T12:34+02:00, 2026-01-31T10:34:00.000Z",
        // A fraction is cut off after milliseconds.
        "2026-01-31T12:00:00.1Z, 2026-01-31T12:00:00.100Z",
        "2026-01-31T12:00:00.1239Z, 2026-01-31T12:00:00.123Z",
        "2026-01-31T12:00:00.999999999Z, 2026-01-31T12:00:00.999Z",
        "1969-12-31T23:59:59.9999Z, 1969-12-31T23:59:59.999Z",
        "2026-01-31T12:00:00.5+02:00, 2026-01-31T10:00:00.500Z",
        // Any offset.
        "2026-01-31T12:00:00+02:00, 2026-01-31T10:00:00.000Z",
        "2026-01-31T12:00:00-02:30, 2026-01-31T14:30:00.000Z",
        "2026-01-31T12:00:00+05:45, 2026-01-31T06:15:00.000Z",
        "2026-01-31T12:00:00+00:00, 2026-01-31T12:00:00.000Z",
        "2026-01-31T12:00:00-00:00, 2026-01-31T12:00:00.000Z",
        "2026-01-31T12:00:00+18:00, 2026-01-30T18:00:00.000Z",
        "2026-01-31T12:00:00-18:00, 2026-02-01T06:00:00.000Z",
        // Calendars.
        "2024-02-29T23:59:59Z, 2024-02-29T23:59:59.000Z",
        "2000-02-29T00:00Z, 2000-02-29T00:00:00.000Z",
        // The first and the last ones.
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00.000Z",
        "0000-12-31T23:59:00-00:01, 0001-01-01T00:00:00.000Z",
        "9999-12-31T23:59:59.999999999Z, 9999-12-31T23:59:59.999Z",
    })
    void readsATimeWithZOrAnOffset(String text, String utc) {
        assertThat(Timestamp.parse(text)).isEqualTo(Instant.parse(utc));
        assertThat(Timestamp.of(Timestamp.parse(text))).isEqualTo(utc);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "Z",
                "1769860800",
                // Without an offset, or with what is none.
                "2026-01-31",
                "2026-01-31Z",
                "12:00:00Z",
                "2026-01-31T12:00:00",
                "2026-01-31T12:00:00+02",
                "2026-01-31T12:00:00+0200",
                "2026-01-31T12:00:00+2:00",
                "2026-01-31T12:00:00+02:00:00",
                "2026-01-31T12:00:00+02:60",
                "2026-01-31T12:00:00+18:01",
                "2026-01-31T12:00:00-24:00",
                "2026-01-31T12:00:00 02:00",
                "2026-01-31T12:00:00\u221202:00",
                "2026-01-31T12:00:00UTC",
                "2026-01-31T12:00:00[UTC]",
                "2026-01-31T12:00:00Z[Europe/Berlin]",
                // Too little or too much of a time.
                "2026-01-31T12Z",
                "2026-01-31T12:0Z",
                "2026-01-31T12:00:0Z",
                "2026-01-31T12:00:Z",
                "2026-01-31T12:00.5Z",
                "2026-01-31T12:00:00.Z",
                "2026-01-31T12:00:00,5Z",
                "2026-01-31T12:00:00.1234567890Z",
                // No time of a day, no day of a calendar.
                "2026-01-31T24:00:00Z",
                "2026-01-31T12:60:00Z",
                "2026-06-30T23:59:60Z",
                "2026-02-29T12:00:00Z",
                "2026-04-31T12:00:00Z",
                "2026-13-01T12:00:00Z",
                "2026-00-01T12:00:00Z",
                "2026-01-00T12:00:00Z",
                // Other ways to write the same.
                "2026-01-31t12:00:00Z",
                "2026-01-31T12:00:00z",
                "2026-01-31 12:00:00Z",
                "20260131T120000Z",
                "2026-1-31T12:00:00Z",
                "2026-031T12:00:00Z",
                "2026-W05-6T12:00:00Z",
                " 2026-01-31T12:00:00Z",
                "2026-01-31T12:00:00Z ",
                "2026-01-31T12:00:00Z\n",
                "\u0662\u0660\u0662\u0666-01-31T12:00:00Z",
                // Years of other than four digits, there or in UTC.
                "26-01-31T12:00:00Z",
                "12026-01-31T12:00:00Z",
                "+2026-01-31T12:00:00Z",
                "+10000-01-01T00:00:00Z",
                "-0001-12-31T23:59:59Z",
                "0000-12-31T23:59:59Z",
                "0001-01-01T00:00:00+00:01",
                "9999-12-31T23:59:59-00:01",
                "-999999999-01-01T00:00:00+18:00",
                "+999999999-12-31T23:59:59-18:00"
            })
    void refusesAnyOtherText(String text) {
        assertThatThrownBy(() -> Timestamp.parse(text))
                .isInstanceOf(InvalidValue.class)
                .hasMessage("must be an ISO 8601 time with Z or an offset, such as 2026-01-31T12:00:00.000Z");
    }

    /// The usual form is read by hand; all others are not.
    @Test
    void readsTheUsualFormLikeAnyOther() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            Instant instant = Instant.ofEpochMilli(random.nextLong(-62_135_596_800_000L, 253_402_300_799_999L));
            String usual = Timestamp.of(instant);
            assertThat(usual).hasSize(24);
            assertThat(Timestamp.parse(usual))
                    .isEqualTo(instant)
                    .isEqualTo(Timestamp.parse(usual.replace("Z", "+00:00")));
        }
        assertThat(Timestamp.parse("2024-02-29T00:00:00.000Z")).isEqualTo(Instant.parse("2024-02-29T00:00:00Z"));
        for (String none : List.of(
                "2023-02-29T00:00:00.000Z",
                "2023-04-31T00:00:00.000Z",
                "2023-13-01T00:00:00.000Z",
                "2023-00-01T00:00:00.000Z",
                "2023-01-00T00:00:00.000Z",
                "2023-01-01T24:00:00.000Z",
                "2023-01-01T00:60:00.000Z",
                "2023-01-01T00:00:60.000Z",
                "0000-01-01T00:00:00.000Z",
                "2023-01-01T00:00:00.00\u0661Z",
                "2023-01-01t00:00:00.000Z")) {
            assertThatThrownBy(() -> Timestamp.parse(none)).as(none).isInstanceOf(InvalidValue.class);
        }
    }
}
