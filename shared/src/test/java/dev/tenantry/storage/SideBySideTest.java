package dev.tenantry.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tenantry.refusal.Refusal.Unavailable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SideBySideTest {

    private static final List<Integer> MANY = IntStream.range(0, 23).boxed().toList();

    @Test
    void saysWhatEachComesToInTheirOrder() {
        assertThat(SideBySide.map(MANY, item -> -item))
                .isEqualTo(MANY.stream().map(item -> -item).toList());
        assertThat(SideBySide.map(List.of(7), item -> -item)).containsExactly(-7);
        assertThat(SideBySide.map(List.of(), item -> item)).isEmpty();
    }

    @Test
    void doesSoManyAtOnceAndNoMore() {
        CountDownLatch meeting = new CountDownLatch(SideBySide.WIDTH);
        AtomicInteger now = new AtomicInteger();

        SideBySide.each(MANY, _ -> {
            assertThat(now.incrementAndGet()).isLessThanOrEqualTo(SideBySide.WIDTH);
            meeting.countDown();
            assertThat(await(meeting)).as("all that may are under way").isTrue();
            now.decrementAndGet();
        });
    }

    private static boolean await(CountDownLatch meeting) {
        try {
            return meeting.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void takesDeadlineAndCountAlong() {
        Consumption consumption = new Consumption();
        Deadline deadline = Deadline.in(Duration.ofMinutes(1));
        ScopedValue.where(Consumption.CURRENT, consumption)
                .where(Deadline.CURRENT, deadline)
                .run(() -> SideBySide.each(MANY, _ -> {
                    Consumption.countCall();
                    assertThat(Deadline.CURRENT.get()).isSameAs(deadline);
                }));
        assertThat(consumption.calls()).isEqualTo(MANY.size());
    }

    @Test
    void throwsWhatTheFirstCameToThatFailedAndDoesTheOthers() {
        AtomicInteger done = new AtomicInteger();
        assertThatExceptionOfType(Unavailable.class)
                .isThrownBy(() -> SideBySide.each(MANY, item -> {
                    if (item == 3) {
                        throw new Unavailable("three");
                    }
                    if (item == 5) {
                        throw new IllegalStateException("five");
                    }
                    done.incrementAndGet();
                }))
                .satisfies(e -> assertThat(e.reason()).isEqualTo("three"));
        assertThat(done).hasValue(MANY.size() - 2);
    }
}
