package dev.tenantry.storage;

import dev.tenantry.refusal.Refusal.Unavailable;
import java.time.Clock;
import java.time.Duration;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Runs again what met another change, after a pause that grows. Full jitter: changes that met once should not meet
/// again in step (Amazon Builders' Library, "Timeouts, retries, and backoff with jitter").
///
/// Whatever runs again decides again, with fresh eyes: nothing of an earlier attempt is kept (docs/adr/0006).
public final class Backoff {

    /// How long somebody who waits for an answer is kept waiting by other changes. A last attempt still has time
    /// for its calls to the table within what a request has for them (`AgreementTest` insists).
    public static final Duration LIMIT = Duration.ofSeconds(8);

    private static final int FIRST_PAUSE_MILLIS = 40;
    private static final int LONGEST_PAUSE_MILLIS = 640;

    /// A pause is at most this part of the time that is left: what has waited long tries more often than what has
    /// just come, so that few wait until it is too late.
    private static final int PART_OF_THE_REST = 8;

    private final RandomGenerator random;

    /// Null if only tries are counted.
    private final @Nullable Clock clock;

    private final long deadlineMillis;
    private final int mostTries;

    /// How much later the deadline was by then for work outside of the table.
    private final Duration extension = Deadline.extension();

    private Backoff(RandomGenerator random, @Nullable Clock clock, long deadlineMillis, int mostTries) {
        this.random = random;
        this.clock = clock;
        this.deadlineMillis = deadlineMillis;
        this.mostTries = mostTries;
    }

    /// For a request or an event whose sender waits: as many attempts as begin within [#LIMIT] from now, not
    /// counting what they do [outside of the table][Deadline#outside].
    public static Backoff forRequest(Clock clock, RandomGenerator random) {
        return new Backoff(random, clock, clock.millis() + LIMIT.toMillis(), Integer.MAX_VALUE);
    }

    /// For work that sees to its own end and has other work to go on with.
    ///
    /// @param mostTries how many attempts there may be
    public static Backoff forWork(RandomGenerator random, int mostTries) {
        return new Backoff(random, null, 0, mostTries);
    }

    /// For work that has a certain time: as many attempts as begin within it.
    ///
    /// @param time from now on
    public static Backoff forWork(Clock clock, RandomGenerator random, Duration time) {
        return new Backoff(random, clock, clock.millis() + time.toMillis(), Integer.MAX_VALUE);
    }

    /// Runs something until it meets no other change.
    ///
    /// @param attempt takes the number of the attempt, from 1; a [Conflict] means that it is to run again
    /// @throws Unavailable if it keeps meeting others for too long, or the thread is interrupted
    public <T> T retry(IntFunction<T> attempt) {
        for (int tries = 1; ; tries++) {
            try {
                return attempt.apply(tries);
            } catch (Conflict e) {
                long millisLeft = millisLeft();
                long pauseMillis = pauseMillis(tries, random, millisLeft / PART_OF_THE_REST);
                if (tries == mostTries || pauseMillis > millisLeft) {
                    throw new Unavailable("too many conflicting changes");
                }
                sleep(pauseMillis);
            }
        }
    }

    private long millisLeft() {
        return clock == null
                ? Long.MAX_VALUE
                : deadlineMillis + Deadline.extension().minus(extension).toMillis() - clock.millis();
    }

    /// Runs something that has nothing to tell until it meets no other change, like [#retry].
    public void run(IntConsumer attempt) {
        retry(tries -> {
            attempt.accept(tries);
            return this;
        });
    }

    /// Decides, makes the change happen, and decides again if it meets another one.
    ///
    /// @param decide takes the number of the attempt, from 1; may run several times and changes nothing by itself
    /// @return what was decided
    /// @throws Unavailable if the storage is, or if the change keeps meeting others for too long
    public <T> T commit(Table table, IntFunction<Decision<T>> decide) {
        return retry(tries -> {
            Decision<T> decision = decide.apply(tries);
            table.commit(decision.change());
            return decision.result();
        });
    }

    /// Waits after so many tries of something else than a change.
    ///
    /// @throws Unavailable if the thread is interrupted
    static void pause(int tries, RandomGenerator random) {
        sleep(pauseMillis(tries, random, Long.MAX_VALUE));
    }

    /// @param fair what it is at most, unless that is less than a first pause
    private static long pauseMillis(int tries, RandomGenerator random, long fair) {
        int longest = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(tries - 1, 10));
        return random.nextInt((int) Math.min(longest, Math.max(FIRST_PAUSE_MILLIS, fair))) + 1L;
    }

    /// Waits.
    ///
    /// @throws Unavailable if the thread is interrupted, which it stays: whoever interrupts wants an end to it
    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted");
        }
    }
}
