package dev.tenantry.profiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.refusal.InvalidValue;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {

    @Test
    void takesAHundredKeys() {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 1; i <= 100; i++) {
            values.put("Key" + i, "x");
        }

        assertThat(Configuration.of(values).values()).hasSize(100).isEqualTo(values);
        values.put("Key101", "x");
        assertThatThrownBy(() -> Configuration.of(values))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("100");
    }

    @Test
    void countsCodePoints() {
        for (String letter : new String[] {"x", "ä", "😀"}) {
            Map<String, String> longest = Map.of(letter.repeat(50), letter.repeat(500));

            assertThat(Configuration.of(longest).values()).isEqualTo(longest);
            assertThatThrownBy(() -> Configuration.of(Map.of(letter.repeat(51), "")))
                    .isInstanceOf(InvalidValue.class);
            assertThatThrownBy(() -> Configuration.of(Map.of("k", letter.repeat(501))))
                    .isInstanceOf(InvalidValue.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " Key", "Key ", "Ke\ny", "Ke\u0000y", "Key\ud83d", "Key\u2028"})
    void refusesWhatIsNoKey(String key) {
        assertThatThrownBy(() -> Configuration.of(Map.of(key, "x"))).isInstanceOf(InvalidValue.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "\u0000", "\ud83d", "\u0085", "\u2029"})
    void refusesValuesOnMoreThanOneLine(String value) {
        assertThatThrownBy(() -> Configuration.of(Map.of("Key", value))).isInstanceOf(InvalidValue.class);
    }

    @Test
    void takesAnEmptyValueAndSpaceInValues() {
        assertThatCode(() -> Configuration.of(Map.of("A", "", "B", " x y ", "C.D-E_F", "0,1,2")))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesTwoKeysThatDifferInCaseAlone() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("HeartbeatInterval", "1");
        values.put("heartbeatinterval", "2");

        assertThatThrownBy(() -> Configuration.of(values))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("HeartbeatInterval and heartbeatinterval");
    }

    @Test
    void printsKeysOnly() {
        assertThat(Configuration.of(Map.of("VendorSecret", "secret")).toString())
                .isEqualTo("[VendorSecret]");
    }

    @Test
    void boundsHeartbeats() {
        assertThat(HeartbeatInterval.of(0).seconds()).isZero();
        assertThat(HeartbeatInterval.of(86_400).seconds()).isEqualTo(86_400);
        for (long seconds : new long[] {-1, 86_401, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32}) {
            assertThatThrownBy(() -> HeartbeatInterval.of(seconds)).isInstanceOf(InvalidValue.class);
        }
    }

    @Test
    void knowsFourSecurityProfiles() {
        for (int number = 0; number <= 3; number++) {
            assertThat(SecurityProfile.of(number).number()).isEqualTo(number);
            assertThat(SecurityProfile.of(number).needsPassword()).isEqualTo(number == 1 || number == 2);
        }
        for (long number : new long[] {-1, 4, 1L << 32, Long.MIN_VALUE}) {
            assertThatThrownBy(() -> SecurityProfile.of(number)).isInstanceOf(InvalidValue.class);
        }
    }

    @Test
    void boundsNamesAndDescriptions() {
        assertThat(new ProfileName("  Depot ").value()).isEqualTo("Depot");
        assertThat(new ProfileName("😀".repeat(100)).value()).hasSize(200);
        for (String name : new String[] {"", " ", "x".repeat(101), "😀".repeat(101), "a\nb", "\ud83d", "a\u0000"}) {
            assertThatThrownBy(() -> new ProfileName(name)).isInstanceOf(InvalidValue.class);
        }
        assertThat(new ProfileDescription(" " + "ä".repeat(500) + " ").value()).hasSize(500);
        for (String description : new String[] {"x".repeat(501), "a\nb", "\ud83d"}) {
            assertThatThrownBy(() -> new ProfileDescription(description)).isInstanceOf(InvalidValue.class);
        }
    }

    @Test
    void takesNoPasswordThatEverybodyCouldRead() {
        for (String key : new String[] {"AuthorizationKey", "BasicAuthPassword", "authorizationkey"}) {
            assertThatThrownBy(() -> Configuration.of(Map.of(key, "secret")))
                    .as(key)
                    .isInstanceOf(InvalidValue.class)
                    .hasMessageContaining("password");
        }
    }
}
