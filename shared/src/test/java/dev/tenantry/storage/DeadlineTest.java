package dev.tenantry.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.refusal.Refusal.Unavailable;
import dev.tenantry.testing.DynamoDbLocal;
import dev.tenantry.testing.FaultyDynamoDb;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
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
    void goesAlongToTheThreadsThatWorkForWhoeverWaits() throws InterruptedException {
        AtomicReference<Runnable> work = new AtomicReference<>();
        ScopedValue.where(Deadline.CURRENT, PASSED)
                .run(() -> work.set(Deadline.sharedWith(() -> assertOutOfTime(Deadline::check))));

        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread = Thread.ofVirtual().unstarted(work.get());
        thread.setUncaughtExceptionHandler((_, e) -> failure.set(e));
        thread.start();
        thread.join();
        assertThat(failure).hasNullValue();
    }

    private static void assertOutOfTime(Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        Unavailable.class, e -> assertThat(e.reason()).isEqualTo("out of time"));
    }
}
