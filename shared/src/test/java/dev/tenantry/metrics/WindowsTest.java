package dev.tenantry.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.refusal.InvalidValue;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowsTest {

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2040-01-01T00:00:00Z");

    /// Every zone, around each of its changes since 2000: windows adjoin, hold the instants that they should, and
    /// begin on quarter hours.
    @ParameterizedTest
    @EnumSource(Interval.class)
    void dividesEveryZoneIntoWindowsOfWholeQuarterHours(Interval interval) {
        for (String name : ZoneId.getAvailableZoneIds()) {
            ZoneId zone = ZoneId.of(name);
            Windows windows = new Windows(interval, zone);
            List<Instant> places = new ArrayList<>(List.of(EARLIEST, Instant.parse("2025-06-15T12:34:56.789Z")));
            for (ZoneOffsetTransition change = zone.getRules().nextTransition(EARLIEST);
                    change != null && change.getInstant().isBefore(LATEST);
                    change = zone.getRules().nextTransition(change.getInstant())) {
                places.add(change.getInstant());
            }
            for (Instant place : places) {
                Instant start = windows.startOf(place.minus(
                        interval == Interval.MONTH ? 32 * 24 : interval == Interval.WEEK ? 8 * 24 : 3,
                        ChronoUnit.HOURS));
                for (int i = 0; i < 6; i++) {
                    Instant end = windows.endOf(start);
                    String what = interval + " of " + name + " at " + start;
                    assertThat(end).as(what).isAfter(start);
                    assertThat(start.getEpochSecond() % 900).as(what).isZero();
                    assertThat(windows.startOf(start)).as(what).isEqualTo(start);
                    assertThat(windows.startOf(end.minusMillis(1))).as(what).isEqualTo(start);
                    assertThat(windows.startOf(
                                    start.plus(Duration.between(start, end).dividedBy(2))))
                            .as(what)
                            .isEqualTo(start);
                    start = end;
                }
            }
        }
    }

    @Test
    void givesLordHoweAnHourOfThirtyMinutesAndOneOfNinety() {
        assertThat(minutes(Interval.HOUR, "Australia/Lord_Howe", "2025-10-04T14:30:00Z", 3))
                .containsExactly(60L, 30L, 60L);
        assertThat(minutes(Interval.HOUR, "Australia/Lord_Howe", "2025-04-05T13:00:00Z", 3))
                .containsExactly(60L, 90L, 60L);
    }

    @Test
    void repeatsAnHourWhereClocksGoBackByOne() {
        assertThat(minutes(Interval.HOUR, "America/New_York", "2025-11-02T04:00:00Z", 4))
                .containsOnly(60L);
        assertThat(minutes(Interval.HOUR, "Europe/Berlin", "2025-03-30T00:00:00Z", 3))
                .containsOnly(60L);
    }

    /// Whatever the clocks do in between, and where a year or a month ends within.
    @Test
    void beginsWeeksOnMondays() {
        assertThat(minutes(Interval.WEEK, "Europe/Berlin", "2025-03-23T23:00:00Z", 2))
                .containsExactly(7 * 24 * 60L - 60, 7 * 24 * 60L);
        for (String name : ZoneId.getAvailableZoneIds()) {
            Windows windows = new Windows(Interval.WEEK, ZoneId.of(name));
            Instant start = windows.startOf(Instant.parse("2011-12-20T12:00:00Z"));
            for (int i = 0; i < 8; i++) {
                assertThat(LocalDate.ofInstant(start, ZoneId.of(name)).getDayOfWeek())
                        .as(name)
                        .isEqualTo(DayOfWeek.MONDAY);
                start = windows.endOf(start);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "EST,2025-07-01T12:00:00Z,-5",
        "MST,2025-07-01T12:00:00Z,-7",
        "HST,2025-07-01T12:00:00Z,-10",
        "ROC,2025-07-01T12:00:00Z,8",
        "GMT+0,2025-07-01T12:00:00Z,0",
        "GMT-0,2025-07-01T12:00:00Z,0"
    })
    void knowsLinksThatJavaLeavesOut(String name, Instant at, int hours) {
        assertThat(TimeZoneName.of(name).zone().getRules().getOffset(at)).isEqualTo(ZoneOffset.ofHours(hours));
    }

    @Test
    void hasDaysOfTwentyThreeAndTwentyFiveHours() {
        assertThat(minutes(Interval.DAY, "Europe/Berlin", "2025-03-28T23:00:00Z", 3))
                .containsExactly(24 * 60L, 23 * 60L, 24 * 60L);
        assertThat(minutes(Interval.DAY, "Europe/Berlin", "2025-10-24T22:00:00Z", 3))
                .containsExactly(24 * 60L, 25 * 60L, 24 * 60L);
        assertThat(minutes(Interval.DAY, "America/Havana", "2025-11-01T04:00:00Z", 2))
                .containsExactly(24 * 60L, 25 * 60L);
        // Havana's clocks skip midnight.
        assertThat(minutes(Interval.DAY, "America/Havana", "2025-03-08T05:00:00Z", 2))
                .containsExactly(24 * 60L, 23 * 60L);
    }

    @Test
    void skipsTheDayThatApiaNeverHad() {
        Windows days = new Windows(Interval.DAY, ZoneId.of("Pacific/Apia"));
        Instant friday = days.endOf(days.startOf(Instant.parse("2011-12-30T09:59:59Z")));
        assertThat(friday).isEqualTo(Instant.parse("2011-12-30T10:00:00Z"));
        assertThat(friday.atZone(ZoneId.of("Pacific/Apia")).toLocalDate()).isEqualTo("2011-12-31");
    }

    @Test
    void beginsBetweenFullHoursInUtcWhereTheOffsetDoes() {
        Instant noon = Instant.parse("2025-06-15T12:00:00Z");
        assertThat(new Windows(Interval.DAY, ZoneId.of("Asia/Kathmandu")).startOf(noon))
                .isEqualTo("2025-06-14T18:15:00Z");
        assertThat(new Windows(Interval.HOUR, ZoneId.of("Asia/Kathmandu")).startOf(noon))
                .isEqualTo("2025-06-15T11:15:00Z");
        assertThat(new Windows(Interval.MONTH, ZoneId.of("Pacific/Chatham")).startOf(noon))
                .isEqualTo("2025-05-31T11:15:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Europe/Berlin", "America/Argentina/ComodRivadavia", "Etc/GMT+2", "EST5EDT", "GMT"})
    void knowsIanasNames(String name) {
        assertThat(TimeZoneName.of(name).zone().getId()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+02:00",
                "UTC+2",
                "GMT+2",
                "UTC+02:00",
                "Z",
                "z",
                "",
                "europe/berlin",
                "Europe/Atlantis",
                "UT+1",
                "CEST"
            })
    void refusesOffsetsAndWhatIsNoZone(String name) {
        assertThatThrownBy(() -> TimeZoneName.of(name)).isInstanceOf(InvalidValue.class);
    }

    private static List<Long> minutes(Interval interval, String zone, String from, int count) {
        Windows windows = new Windows(interval, ZoneId.of(zone));
        List<Long> minutes = new ArrayList<>();
        Instant start = Instant.parse(from);
        assertThat(windows.startOf(start)).isEqualTo(start);
        for (int i = 0; i < count; i++) {
            Instant end = windows.endOf(start);
            minutes.add(Duration.between(start, end).toMinutes());
            start = end;
        }
        return minutes;
    }
}
