package dev.tenantry.chargers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.identity.ChargePointIdentity;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WrongPasswordsTest {

    private static final Instant START = Instant.parse("2026-03-01T09:30:00.123Z");
    private static final ChargePointIdentity ONE = new ChargePointIdentity("Wallbox-1");
    private static final ChargePointIdentity TWO = new ChargePointIdentity("Wallbox-2");

    private WrongPasswords wrong = WrongPasswords.NONE;

    @Test
    void locksOutAfterFiveOfOneForAMinute() {
        came(ONE, 0, 10_000, 20_000, 30_000);
        assertThat(isLockedOut(ONE, 30_000)).isFalse();
        came(ONE, 59_999);

        assertThat(isLockedOut(ONE, 59_999)).isTrue();
        assertThat(isLockedOut(new ChargePointIdentity("WALLBOX-1"), 59_999)).isTrue();
        assertThat(isLockedOut(TWO, 59_999)).isFalse();
        assertThat(isLockedOut(ONE, 119_998)).isTrue();
        assertThat(isLockedOut(ONE, 119_999)).isFalse();
    }

    @Test
    void countsThoseOfTheLastMinuteWheneverItBegan() {
        came(ONE, 0, 50_000, 51_000, 52_000);
        came(ONE, 70_000);
        assertThat(isLockedOut(ONE, 70_000)).isFalse();
        came(ONE, 75_000);
        assertThat(isLockedOut(ONE, 75_000)).isTrue();
    }

    @Test
    void doesNotLockOutWhoIsSlow() {
        for (int i = 0; i < 40; i++) {
            came(ONE, i * 15_000L);
            assertThat(isLockedOut(ONE, i * 15_000L)).isFalse();
        }
        assertThat(wrong.attempts()).hasSize(8);
    }

    @Test
    void staysLockedWhileOthersCome() {
        came(ONE, 0, 1, 2, 3, 4);
        for (int i = 0; i < 10; i++) {
            came(TWO, 30_000 + i * 3_000L);
        }
        assertThat(isLockedOut(ONE, 60_003)).isTrue();
        assertThat(isLockedOut(ONE, 60_004)).isFalse();
        came(ONE, 60_004);
        assertThat(isLockedOut(ONE, 60_004)).isFalse();
    }

    @Test
    void locksOutEverybodyAfterFifty() {
        for (int i = 0; i < 49; i++) {
            came(new ChargePointIdentity("Wallbox-" + i), i * 1_000L);
        }
        assertThat(isLockedOut(ONE, 49_000)).isFalse();
        came(new ChargePointIdentity("Another"), 49_000);

        assertThat(isLockedOut(ONE, 49_000)).isTrue();
        assertThat(isLockedOut(new ChargePointIdentity("Never-seen"), 108_999)).isTrue();
        assertThat(isLockedOut(ONE, 109_000)).isFalse();
    }

    @Test
    void keepsNoMoreThanCanMatter() {
        for (int i = 0; i < 1_000; i++) {
            came(new ChargePointIdentity("Wallbox-" + i), i);
        }
        assertThat(wrong.attempts()).hasSize(100);
        assertThat(wrong.packed()).hasSize(700);
        came(ONE, 121_000);
        assertThat(wrong.attempts()).hasSize(1);
    }

    /// Instances have clocks of their own.
    @Test
    void takesThemInAnyOrder() {
        came(ONE, 4, 2, 3, 0, 1);
        assertThat(isLockedOut(ONE, 5)).isTrue();
        assertThat(isLockedOut(ONE, 60_004)).isFalse();
        assertThat(wrong.latest()).isEqualTo(START.plusMillis(4));
    }

    private void came(ChargePointIdentity identity, long... millis) {
        for (long at : millis) {
            wrong = wrong.and(identity, START.plusMillis(at));
            WrongPasswords read = WrongPasswords.unpacked(wrong.packed(), wrong.latest(), wrong.version());
            assertThat(read).isEqualTo(wrong);
        }
    }

    private boolean isLockedOut(ChargePointIdentity identity, long millis) {
        return wrong.lockOut(identity, START.plus(Duration.ofMillis(millis)));
    }
}
