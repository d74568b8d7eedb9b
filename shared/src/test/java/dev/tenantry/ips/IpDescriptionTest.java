package dev.tenantry.ips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.refusal.InvalidValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpDescriptionTest {

    @Test
    void trimsTheSpaceAroundIt() {
        assertThat(new IpDescription("  Depot north ").value()).isEqualTo("Depot north");
    }

    @Test
    void countsCodePointsAfterTrimming() {
        assertThat(new IpDescription(" " + "🔌".repeat(200) + " ").value()).hasSize(400);
        assertThatThrownBy(() -> new IpDescription("x".repeat(201))).isInstanceOf(InvalidValue.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"two\nlines", "tab\there", "two\u2028lines", "two\u2029paragraphs", "half \ud83d", "nul\u0000"})
    void isOneLineOfPrintableCharacters(String text) {
        assertThatThrownBy(() -> new IpDescription(text)).isInstanceOf(InvalidValue.class);
    }
}
