package dev.tenantry.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.testing.Race;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class PasswordCheckTest {

    private static final RandomGenerator RANDOM = new SecureRandom();
    private static final String PASSWORD = "correct horse battery";

    /// Slow enough to tell a hash that was computed from one that was remembered.
    private static final PasswordHash SLOW = PasswordHash.of(new ChargerPassword(PASSWORD), RANDOM, 400_000);

    private static final PasswordHash QUICK = PasswordHash.of(new ChargerPassword(PASSWORD), RANDOM, 1000);

    private final PasswordCheck check = new PasswordCheck(RANDOM);

    @Test
    void saysWhatTheHashSays() {
        for (int i = 0; i < 3; i++) {
            assertThat(check.matches(QUICK, bytes(PASSWORD))).isTrue();
            assertThat(check.matches(QUICK, bytes("another horse battery"))).isFalse();
            assertThat(check.matches(QUICK, bytes(""))).isFalse();
        }
    }

    @Test
    void computesAHashOnceForEachPassword() {
        assertThat(check.matches(SLOW, bytes(PASSWORD))).isTrue();
        assertThat(check.matches(SLOW, bytes("another horse battery"))).isFalse();
        long once = nanos(() -> new PasswordCheck(RANDOM).matches(SLOW, bytes(PASSWORD)));

        long hundredTimes = nanos(() -> {
            for (int i = 0; i < 100; i++) {
                assertThat(check.matches(SLOW, bytes(PASSWORD))).isTrue();
                assertThat(check.matches(SLOW, bytes("another horse battery"))).isFalse();
            }
        });

        // 200 of them take less time than one does, and not 200 times as long.
        assertThat(hundredTimes).isLessThan(once);
    }

    @Test
    void computesAHashOnceForManyAtTheSameTime() throws InterruptedException {
        long once = nanos(() -> new PasswordCheck(RANDOM).matches(SLOW, bytes(PASSWORD)));

        long start = System.nanoTime();
        List<Object> outcomes = Race.run(32, _ -> () -> check.matches(SLOW, bytes(PASSWORD)));

        assertThat(outcomes).containsOnly(true);
        assertThat(System.nanoTime() - start).isLessThan(8 * once);
    }

    @Test
    void tellsHashesOfOnePasswordApart() {
        PasswordHash other = PasswordHash.of(new ChargerPassword("another horse battery"), RANDOM, 1000);
        assertThat(check.matches(QUICK, bytes(PASSWORD))).isTrue();
        assertThat(check.matches(other, bytes(PASSWORD))).isFalse();
    }

    @Test
    void letsGuessesNotDisplaceWhatMatched() {
        check.matches(SLOW, bytes(PASSWORD));
        for (int i = 0; i < PasswordCheck.MAX_REMEMBERED + 10; i++) {
            check.matches(PasswordHashOnce.QUICKEST, bytes("guess number " + i));
        }
        long once = nanos(() -> new PasswordCheck(RANDOM).matches(SLOW, bytes(PASSWORD)));
        assertThat(nanos(() -> check.matches(SLOW, bytes(PASSWORD)))).isLessThan(once / 2);
    }

    @Test
    void drawsAKeyOfItsOwnAfterEachRestore() {
        int[] drawn = {0};
        PasswordCheck counted = new PasswordCheck(new RandomGenerator() {
            @Override
            public long nextLong() {
                return RANDOM.nextLong();
            }

            @Override
            public void nextBytes(byte[] bytes) {
                drawn[0]++;
                RANDOM.nextBytes(bytes);
            }
        });
        // Not when it is made: that would be before the snapshot.
        assertThat(drawn[0]).isZero();
        counted.matches(QUICK, bytes(PASSWORD));
        counted.matches(QUICK, bytes(PASSWORD));
        assertThat(drawn[0]).isEqualTo(1);
        counted.forget();
        assertThat(counted.matches(QUICK, bytes(PASSWORD))).isTrue();
        assertThat(drawn[0]).isEqualTo(2);
    }

    private static final class PasswordHashOnce {
        static final PasswordHash QUICKEST = PasswordHash.of(new ChargerPassword(PASSWORD), RANDOM, 1);
    }

    private static long nanos(Runnable action) {
        long[] times = new long[3];
        for (int i = 0; i < times.length; i++) {
            long start = System.nanoTime();
            action.run();
            times[i] = System.nanoTime() - start;
        }
        Arrays.sort(times);
        return times[1];
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
