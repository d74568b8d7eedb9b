package dev.tenantry.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.refusal.Refusal.Unavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final List<Integer> bounds = new ArrayList<>();

    /// Draws 0 and notes out of how many.
    private final RandomGenerator shortest = new Random() {
        @Override
        public int nextInt(int bound) {
            bounds.add(bound);
            return 0;
        }
    };

    @AfterEach
    void isNotInterrupted() {
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void runsOnceWhatMeetsNothing() {
        String answer = Backoff.forWork(shortest, 1).retry(tries -> "done at " + tries);
        assertThat(answer).isEqualTo("done at 1");
        assertThat(bounds).isEmpty();
    }

    @Test
    void runsAgainWhatMeetsAnotherChange() {
        int tries = Backoff.forWork(shortest, 3).retry(BackoffTest::doneAtTheThirdTry);
        assertThat(tries).isEqualTo(3);
    }

    @Test
    void givesUpAfterTheLastTry() {
        List<Integer> tries = new ArrayList<>();
        assertThatThrownBy(() -> Backoff.forWork(shortest, 4).run(number -> {
                    tries.add(number);
                    throw new Conflict();
                }))
                .isInstanceOfSatisfying(
                        Unavailable.class, e -> assertThat(e.reason()).isEqualTo("too many conflicting changes"));
        assertThat(tries).containsExactly(1, 2, 3, 4);
    }

    @Test
    void letsEverythingElseThrough() {
        assertThatThrownBy(() -> Backoff.forWork(shortest, 4).run(_ -> {
                    throw new IllegalStateException("no conflict");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(bounds).isEmpty();
    }

    @Test
    void drawsEachPauseFromZeroToALimitThatGrows() {
        assertThatThrownBy(() -> Backoff.forWork(shortest, 12).run(_ -> {
                    throw new Conflict();
                }))
                .isInstanceOf(Unavailable.class);
        assertThat(bounds).containsExactly(40, 80, 160, 320, 640, 640, 640, 640, 640, 640, 640, 640);
    }

    @Test
    void startsNoAttemptAfterTheTimeOfARequest() {
        Ticking clock = new Ticking(Duration.ofMillis(900));
        List<Integer> tries = new ArrayList<>();
        assertThatThrownBy(() -> Backoff.forRequest(clock, shortest).run(number -> {
                    tries.add(number);
                    throw new Conflict();
                }))
                .isInstanceOf(Unavailable.class);
        // The clock is read once at the beginning and once after each attempt: 8 × 0.9 s are within 8 s, 9 are not.
        assertThat(tries).hasSize(9);
    }

    @Test
    void triesMoreOftenTheLessTimeIsLeft() {
        Ticking clock = new Ticking(Duration.ofSeconds(1));
        assertThatThrownBy(() -> Backoff.forRequest(clock, shortest).run(_ -> {
                    throw new Conflict();
                }))
                .isInstanceOf(Unavailable.class);
        // An eighth of 7 s, 6 s and so on, once the limit that grows has reached it.
        assertThat(bounds).containsExactly(40, 80, 160, 320, 375, 250, 125, 40);
    }

    @Test
    void countsThePauseItselfAsTime() {
        Ticking clock = new Ticking(Duration.ofMillis(7_999));
        int tries = Backoff.forRequest(clock, shortest).retry(number -> {
            if (number == 1) {
                throw new Conflict();
            }
            return number;
        });
        assertThat(tries).isEqualTo(2);

        Ticking slower = new Ticking(Duration.ofMillis(8_000));
        assertThatThrownBy(() -> Backoff.forRequest(slower, shortest).run(_ -> {
                    throw new Conflict();
                }))
                .isInstanceOf(Unavailable.class);
    }

    @Test
    void endsWhenItsThreadIsInterrupted() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Backoff.forWork(shortest, 4).run(_ -> {
                    throw new Conflict();
                }))
                .isInstanceOfSatisfying(
                        Unavailable.class, e -> assertThat(e.reason()).isEqualTo("interrupted"));
        assertThat(Thread.interrupted()).isTrue();
    }

    private static int doneAtTheThirdTry(int tries) {
        if (tries < 3) {
            throw new Conflict();
        }
        return tries;
    }

    /// Goes on by as much with every look at it.
    private static final class Ticking extends Clock {

        private final Duration tick;
        private Instant now = Instant.parse("2026-01-15T10:00:00Z");

        Ticking(Duration tick) {
            this.tick = tick;
        }

        @Override
        public Instant instant() {
            Instant read = now;
            now = now.plus(tick);
            return read;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
