package dev.tenantry.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.refusal.Refusal.Unavailable;
import dev.tenantry.testing.DynamoDbLocal;
import dev.tenantry.testing.FaultyDynamoDb;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    private static final Deadline PASSED = Deadline.in(Duration.ofSeconds(-1));

    private final Table table = new Table(
            new FaultyDynamoDb(DynamoDbLocal.client()).client(),
            DynamoDbLocal.newTable(DynamoDbLocal.client()),
            new Random(1));

    @Test
    void letsNoCallStartOnceItHasPassed() {
        Consumption consumption = new Consumption();
        ScopedValue.where(Deadline.CURRENT, PASSED)
                .where(Consumption.CURRENT, consumption)
                .run(() -> assertOutOfTime(() -> table.read(Keys.nowhere())));

        assertThat(consumption.calls()).isZero();
    }

    @Test
    void letsCallsStartUntilThen() {
        ScopedValue.where(Deadline.CURRENT, Deadline.in(Duration.ofMinutes(1)))
                .run(() -> assertThat(table.read(Keys.nowhere()).isEmpty()).isTrue());
    }

    @Test
    void isNotThereUnlessSomebodyWaits() {
        assertThatCode(Deadline::check).doesNotThrowAnyException();
    }

    @Test
    void doesNotCountWhatIsSlowOutsideOfTheTable() {
        AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
        Deadline deadline = Deadline.in(Duration.ofSeconds(10), nanos::get);
        ScopedValue.where(Deadline.CURRENT, deadline).run(() -> {
            nanos.addAndGet(Duration.ofSeconds(10).toNanos());
            assertThat(Deadline.outside(
                            () -> nanos.addAndGet(Duration.ofSeconds(3).toNanos())))
                    .isEqualTo(nanos.get());
            assertThatCode(Deadline::check).doesNotThrowAnyException();
            assertThat(Deadline.extension()).isEqualTo(Duration.ofSeconds(3));
            nanos.incrementAndGet();
            assertOutOfTime(Deadline::check);
        });
    }

    @Test
    void countsWhatFailsOutsideOfTheTableNoMoreThanWhatDoesNot() {
        AtomicLong nanos = new AtomicLong();
        ScopedValue.where(Deadline.CURRENT, Deadline.in(Duration.ZERO, nanos::get))
                .run(() -> {
                    assertThatThrownBy(() -> Deadline.outside(() -> {
                                nanos.addAndGet(5);
                                throw new IllegalStateException("for a test");
                            }))
                            .isInstanceOf(IllegalStateException.class);
                    assertThatCode(Deadline::check).doesNotThrowAnyException();
                });
    }

    @Test
    void boundsWhatIsSlowOutsideOfTheTable() {
        AtomicLong nanos = new AtomicLong();
        ScopedValue.where(Deadline.CURRENT, Deadline.in(Duration.ZERO, nanos::get))
                .run(() -> {
                    for (int i = 0; i < 8; i++) {
                        Deadline.outside(
                                () -> nanos.addAndGet(Duration.ofSeconds(1).toNanos()));
                        assertThatCode(Deadline::check).doesNotThrowAnyException();
                    }
                    Deadline.outside(() -> nanos.addAndGet(1));
                    assertOutOfTime(Deadline::check);
                });
        assertThat(Deadline.outside(() -> "nobody waits")).isEqualTo("nobody waits");
        assertThat(Deadline.extension()).isZero();
    }

    private static void assertOutOfTime(Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        Unavailable.class, e -> assertThat(e.reason()).isEqualTo("out of time"));
    }
}
