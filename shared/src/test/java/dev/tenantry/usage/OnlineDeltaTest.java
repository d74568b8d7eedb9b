package dev.tenantry.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What composes, and what is packed.
class OnlineDeltaTest {

    private static final int EVENTS_BYTES = 250_000;
    private static final int DAY_BYTES = 40_000;

    private final Random random = new Random(7);

    @Test
    void composesTheSameHoweverItIsDivided() {
        for (int round = 0; round < 200; round++) {
            List<Long> deltas = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                deltas.add((long) random.nextInt(-5, 6));
            }
            long sum = 0;
            long peak = 0;
            for (long delta : deltas) {
                sum += delta;
                peak = Math.max(peak, sum);
            }
            int cut = random.nextInt(31);
            OnlineDelta divided = all(deltas.subList(0, cut)).then(all(deltas.subList(cut, 30)));
            assertThat(divided).isEqualTo(all(deltas)).isEqualTo(new OnlineDelta(sum, peak));
        }
    }

    @Test
    void knowsAMinuteInWhateverOrderItsEventsCame() {
        TreeMap<Long, Long> all = new TreeMap<>();
        List<Long> connectionEvents = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            long at = 60_000L * 1000 + random.nextInt(60_000);
            all.merge(at, 1L, Long::sum);
            connectionEvents.add(at);
        }
        Collections.shuffle(connectionEvents, random);
        ConnectionEvents known = ConnectionEvents.NONE;
        for (long at : connectionEvents) {
            known = ConnectionEvents.unpacked(
                    1,
                    known.plus(new TreeMap<>(Collections.singletonMap(at, 1L))).packed());
        }
        assertThat(known.deltas()).isEqualTo(ConnectionEvents.NONE.plus(all).deltas());
        assertThat(known.onlineDelta()).isEqualTo(new OnlineDelta(500, 500));
    }

    @Test
    void keepsTheBusiestMinuteThereCanBeWithinARow() {
        TreeMap<Long, Long> everyMillisecond = new TreeMap<>();
        for (long i = 0; i < 60_000; i++) {
            everyMillisecond.put(i, i % 2 == 0 ? 1_000_000L : -999_999L);
        }
        assertThat(ConnectionEvents.NONE.plus(everyMillisecond).packed()).hasSizeLessThan(EVENTS_BYTES);
    }

    /// DynamoDB takes 400 KB in a row and 4 MB in a transaction.
    @Test
    void keepsWhatAbsurdNumbersComeToWithinRowsAndTheirTransaction() {
        TreeMap<Long, Long> connectionEvents = new TreeMap<>();
        for (long millis = 0; millis < 60_000; millis++) {
            connectionEvents.put(millis, millis % 2 == 0 ? Long.MAX_VALUE : Long.MIN_VALUE);
        }
        ConnectionEvents exact =
                ConnectionEvents.NONE.plus(connectionEvents.headMap((long) ConnectionEvents.MOST_EXACT));
        assertThat(exact.deltas()).containsEntry(0, Long.MAX_VALUE).containsEntry(1, Long.MIN_VALUE);
        ConnectionEvents all = exact.plus(connectionEvents);
        for (ConnectionEvents row : List.of(exact, all)) {
            assertThat(row.packed()).hasSizeLessThan(EVENTS_BYTES);
            assertThat(ConnectionEvents.unpacked(0, row.packed())).isEqualTo(row);
        }

        UsageDay day = UsageDay.none(20_000);
        for (int quarter = 0; quarter < 96; quarter++) {
            long most = Long.MAX_VALUE;
            day = day.plus(20_000L * 96 + quarter, new Counters(most, most, most, most, most, most, most));
        }
        for (int minute = 0; minute < 1440; minute++) {
            day = day.with(20_000L * 1440 + minute, new OnlineDelta(Long.MIN_VALUE, Long.MAX_VALUE));
        }
        assertThat(day.packed()).hasSizeLessThan(DAY_BYTES);
        long days = IngestReports.MAX_AGE.toDays() + 2;
        assertThat(ImportUsage.MAX_MINUTES * EVENTS_BYTES + days * DAY_BYTES).isLessThan(4_000_000);
    }

    @Test
    void packsNumbersOfEverySize() {
        VarInt.Writer out = new VarInt.Writer();
        long[] values = {0, 1, 127, 128, 300, 1L << 35, Long.MAX_VALUE};
        for (long value : values) {
            out.unsigned(value);
            out.signed(value);
            out.signed(-value);
        }
        out.signed(Long.MIN_VALUE);
        VarInt.Reader in = new VarInt.Reader(out.bytes());
        for (long value : values) {
            assertThat(in.unsigned()).isEqualTo(value);
            assertThat(in.signed()).isEqualTo(value);
            assertThat(in.signed()).isEqualTo(-value);
        }
        assertThat(in.signed()).isEqualTo(Long.MIN_VALUE);
        assertThat(in.hasMore()).isFalse();
    }

    @Test
    void staysAtTheGreatestNumberRatherThanWrap() {
        assertThat(Counters.sum(Long.MAX_VALUE - 1, 5)).isEqualTo(Long.MAX_VALUE);
        assertThat(Counters.sum(Long.MIN_VALUE + 1, -5)).isEqualTo(Long.MIN_VALUE);
        assertThat(Counters.sum(Long.MAX_VALUE, -5)).isEqualTo(Long.MAX_VALUE - 5);
    }

    @Test
    void keepsAFullDayWithinThreeKilobytes() {
        UsageDay day = UsageDay.none(20000);
        for (int quarter = 0; quarter < 96; quarter++) {
            day = day.plus(20000L * 96 + quarter, new Counters(4_000, 4_000, 1_000_000, 500_000, 3, 3, 1));
        }
        assertThat(day.packed()).hasSizeLessThan(2_048);
        assertThat(UsageDay.unpacked(20000, 0, day.opening(), day.packed())).isEqualTo(day);
    }

    private static OnlineDelta all(List<Long> deltas) {
        OnlineDelta composed = OnlineDelta.NONE;
        for (long delta : deltas) {
            composed = composed.then(OnlineDelta.at(delta));
        }
        return composed;
    }
}
