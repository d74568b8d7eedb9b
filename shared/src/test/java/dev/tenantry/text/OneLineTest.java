package dev.tenantry.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.refusal.InvalidValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OneLineTest {

    @Test
    void isTrimmed() {
        assertThat(OneLine.of("  Depot\u2003", 1, 5)).isEqualTo("Depot");
    }

    @Test
    void countsCodePoints() {
        assertThat(OneLine.of("🔌".repeat(5), 1, 5)).hasSize(10);
        assertThatThrownBy(() -> OneLine.of("🔌".repeat(6), 1, 5))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("1 to 5 characters");
    }

    @Test
    void mayBeEmptyWhereNothingIsAsked() {
        assertThat(OneLine.of(" ", 0, 5)).isEmpty();
        assertThatThrownBy(() -> OneLine.of(" ", 1, 5)).isInstanceOf(InvalidValue.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\nb",
                "a\u0000b",
                "a\u0085b",
                "a\u2028b",
                "\ud83d",
                "\u200b",
                "\u200d \u2060",
                "\u00a0",
                "\u3164",
                "\u2800",
                "\ufe0f",
                "\u0301",
                "a\u202eb",
                "\u2066a"
            })
    void refusesWhatCannotBeShownAsItIs(String text) {
        assertThatThrownBy(() -> OneLine.of(text, 0, 100)).isInstanceOf(InvalidValue.class);
    }

    @Test
    void mayJoinCharactersByOnesThatCannotBeSeen() {
        String family = "\uD83D\uDC68\u200d\uD83D\uDC69\u200d\uD83D\uDC67";
        assertThat(OneLine.of(family, 1, 5)).isEqualTo(family);
    }

    @ParameterizedTest
    @CsvSource({
        "' Ada\nLovelace ',Ada Lovelace",
        "a\u202eb,ab",
        "\ud83da,a",
        "\u200b,''",
        "'\u2066 \u2069',''",
        "abcdefghijk lm,abcdefghijk"
    })
    void keepsWhatItCan(String text, String kept) {
        assertThat(OneLine.salvaged(text, 12)).isEqualTo(kept);
    }
}
