package dev.tenantry.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.testing.Race;
import dev.tenantry.testing.SlowHashes;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class PasswordCheckTest {

    private static final RandomGenerator RANDOM = new SecureRandom();
    private static final String PASSWORD = "correct horse battery";

    private static final PasswordHash QUICK = PasswordHash.of(new ChargerPassword(PASSWORD), RANDOM, 1000);
    private static final PasswordHash QUICKEST = PasswordHash.of(new ChargerPassword(PASSWORD), RANDOM, 1);

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
        try (SlowHashes hashes = SlowHashes.counted()) {
            for (int i = 0; i < 100; i++) {
                assertThat(check.matches(QUICK, bytes(PASSWORD))).isTrue();
                assertThat(check.matches(QUICK, bytes("another horse battery"))).isFalse();
            }
            assertThat(hashes.count()).isEqualTo(2);
        }
    }

    @Test
    void computesAHashOnceForManyAtTheSameTime() throws InterruptedException {
        // Slow enough for all to come before the first is done.
        PasswordHash slow = PasswordHash.of(new ChargerPassword(PASSWORD), RANDOM, 300_000);
        try (SlowHashes hashes = SlowHashes.counted()) {
            List<Object> outcomes = Race.run(32, _ -> () -> check.matches(slow, bytes(PASSWORD)));

            assertThat(outcomes).hasSize(32).containsOnly(true);
            assertThat(hashes.count()).isEqualTo(1);
        }
    }

    /// A wrong password takes as long as the right one, whatever it looks like.
    @Test
    void computesAHashForWhateverIsShown() {
        try (SlowHashes hashes = SlowHashes.counted()) {
            QUICK.matches(bytes(PASSWORD));
            QUICK.matches(bytes(""));
            QUICK.matches(bytes(PASSWORD + "\0"));
            QUICK.matches(bytes("x".repeat(50_000)));
            QUICK.matches(new byte[] {(byte) 0xff});
            assertThat(hashes.count()).isEqualTo(5);
        }
    }

    /// Not even when memory runs out.
    @Test
    void letsNobodyWaitForAHashThatFails() throws InterruptedException {
        try (SlowHashes hashes = SlowHashes.counted()) {
            CountDownLatch others = new CountDownLatch(1);
            hashes.before(() -> {
                await(others);
                throw new OutOfMemoryError("for a test");
            });
            List<Object> outcomes = Collections.synchronizedList(new ArrayList<>());
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                threads.add(Thread.ofPlatform().daemon().start(() -> {
                    try {
                        outcomes.add(check.matches(QUICK, bytes(PASSWORD)));
                    } catch (Throwable e) {
                        outcomes.add(e);
                    }
                }));
            }
            // One computes, the others wait for its answer.
            while (threads.stream()
                            .filter(thread -> thread.getState() == Thread.State.WAITING)
                            .count()
                    < 4) {
                Thread.onSpinWait();
            }
            others.countDown();
            for (Thread thread : threads) {
                assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
            }
            assertThat(outcomes)
                    .hasSize(4)
                    .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Throwable.class));
            // And it is no answer for later.
            hashes.before(() -> {});
            assertThat(check.matches(QUICK, bytes(PASSWORD))).isTrue();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void primesWithoutRememberingAnything() {
        try (SlowHashes hashes = SlowHashes.counted()) {
            PasswordCheck fresh = new PasswordCheck(() -> {
                throw new IllegalStateException("a key must not be drawn before the snapshot");
            });
            fresh.prime();
            assertThat(hashes.count()).isEqualTo(1);
        }
    }

    @Test
    void tellsHashesOfOnePasswordApart() {
        PasswordHash other = PasswordHash.of(new ChargerPassword("another horse battery"), RANDOM, 1000);
        assertThat(check.matches(QUICK, bytes(PASSWORD))).isTrue();
        assertThat(check.matches(other, bytes(PASSWORD))).isFalse();
    }

    @Test
    void letsGuessesNotDisplaceWhatMatched() {
        PasswordHash other = PasswordHash.of(new ChargerPassword("another horse battery"), RANDOM, 1000);
        check.matches(other, bytes("another horse battery"));
        for (int i = 0; i < PasswordCheck.MAX_REMEMBERED + 10; i++) {
            check.matches(QUICKEST, bytes("guess number " + i));
        }
        try (SlowHashes hashes = SlowHashes.counted()) {
            check.matches(other, bytes("another horse battery"));
            assertThat(hashes.count()).isZero();
            // The oldest guess had to go.
            check.matches(QUICKEST, bytes("guess number 0"));
            assertThat(hashes.count()).isEqualTo(1);
        }
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

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
