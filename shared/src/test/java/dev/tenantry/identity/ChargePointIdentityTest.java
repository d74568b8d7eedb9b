package dev.tenantry.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.refusal.InvalidValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChargePointIdentityTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "Z9",
                "*-_=:+|@.",
                "RDAM 123",
                "RDAM  1 2 3",
                "* .",
                "48-characters-48-characters-48-characters-48 cha"
            })
    void takesOcppsCharactersAndSpacesInside(String value) {
        assertThat(new ChargePointIdentity(value).value()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "   ",
                " RDAM",
                "RDAM ",
                "RDAM\t123",
                "RDAM\u00a0123",
                "RDAM%20123",
                "RDAM/123",
                "RDAM\n",
                "Döner",
                "\u212aELVIN",
                "49-characters-49-characters-49-characters-49 char"
            })
    void refusesWhatIsNone(String value) {
        assertThatThrownBy(() -> new ChargePointIdentity(value)).isInstanceOf(InvalidValue.class);
    }

    @Test
    void isTheSameInUpperAndLowerCaseAndNotWithAnotherSpace() {
        ChargePointIdentity identity = new ChargePointIdentity("RDAM 123");
        assertThat(identity).isEqualTo(new ChargePointIdentity("rdam 123")).hasSameHashCodeAs("rdam 123");
        assertThat(identity).isNotEqualTo(new ChargePointIdentity("RDAM  123"));
        assertThat(identity.isWritten("Rdam 123")).isTrue();
        assertThat(identity.isWritten("RDAM123")).isFalse();
        assertThat(identity.isWritten("RDAM 123 ")).isFalse();
    }
}
