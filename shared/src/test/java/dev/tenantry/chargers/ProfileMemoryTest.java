package dev.tenantry.chargers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.profiles.Configuration;
import dev.tenantry.profiles.CpmsUrl;
import dev.tenantry.profiles.HeartbeatInterval;
import dev.tenantry.profiles.Profile;
import dev.tenantry.profiles.ProfileName;
import dev.tenantry.profiles.SecurityProfile;
import dev.tenantry.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProfileMemoryTest {

    private static final DomainPrefix ACME = new DomainPrefix("acme");
    private static final DomainPrefix OTHER = new DomainPrefix("other");

    private final TestClock clock = new TestClock();
    private final ProfileMemory memory = new ProfileMemory(clock, 100_000);

    @Test
    void recallsAProfileAsOfItsEditionOnly() {
        Profile profile = profile(1, 0);
        memory.keep(ACME, 7, profile);

        assertThat(memory.recall(ACME, 7, 1)).containsSame(profile);
        assertThat(memory.recall(ACME, 8, 1)).isEmpty();
        assertThat(memory.recall(ACME, 6, 1)).isEmpty();
        assertThat(memory.recall(ACME, 7, 2)).isEmpty();
        assertThat(memory.recall(OTHER, 7, 1)).isEmpty();
    }

    /// However often it is asked for.
    @Test
    void recallsNothingThatWasReadAMinuteAgo() {
        memory.keep(ACME, 7, profile(1, 0));
        clock.advance(Duration.ofMinutes(1).minusMillis(1));
        assertThat(memory.recall(ACME, 7, 1)).isPresent();
        clock.advance(Duration.ofMillis(1));
        assertThat(memory.recall(ACME, 7, 1)).isEmpty();

        memory.keep(ACME, 7, profile(1, 0));
        assertThat(memory.recall(ACME, 7, 1)).isPresent();
    }

    @Test
    void forgetsWhatNobodyAskedForTheLongest() {
        memory.keep(ACME, 1, profile(1, 0));
        memory.keep(ACME, 1, profile(2, 0));
        // Of some 4,000 characters each, and the first is asked for all the time.
        for (int id = 3; id < 30; id++) {
            memory.keep(ACME, 1, profile(id, 2_000));
            assertThat(memory.recall(ACME, 1, 1)).isPresent();
        }
        assertThat(memory.recall(ACME, 1, 2)).isEmpty();
        assertThat(memory.recall(ACME, 1, 5)).isEmpty();
        assertThat(memory.recall(ACME, 1, 29)).isPresent();
    }

    @Test
    void holdsLessOfWhatIsLarge() {
        for (int id = 1; id <= 10; id++) {
            memory.keep(ACME, 1, profile(id, 20_000));
        }
        assertThat(recalled()).isEqualTo(4);
        // The same one again takes the place of the one before.
        for (int edition = 2; edition <= 10; edition++) {
            memory.keep(ACME, edition, profile(10, 20_000));
        }
        assertThat(recalled()).isEqualTo(3);
    }

    private long recalled() {
        long recalled = 0;
        for (int id = 1; id <= 10; id++) {
            recalled += memory.recall(ACME, 1, id).isPresent() ? 1 : 0;
        }
        return recalled;
    }

    /// With a configuration of that many characters.
    private static Profile profile(long id, int characters) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i * 500 < characters; i++) {
            values.put("K" + i, "x".repeat(500));
        }
        return new Profile(
                id,
                new ProfileName("P"),
                Optional.empty(),
                CpmsUrl.parse("wss://cpms.example.com/ocpp"),
                false,
                HeartbeatInterval.USUAL,
                SecurityProfile.NONE,
                Optional.empty(),
                Optional.empty(),
                Configuration.of(values),
                0,
                Instant.EPOCH,
                Instant.EPOCH,
                1);
    }
}
