package dev.tenantry.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.refusal.InvalidValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantNameTest {

    @Test
    void isTrimmed() {
        assertThat(new TenantName("  Acme\u2003").value()).isEqualTo("Acme");
    }

    @Test
    void countsCodePoints() {
        assertThat(new TenantName("⚡".repeat(50) + "🔌".repeat(50)).value()).hasSize(150);
        assertThatThrownBy(() -> new TenantName("🔌".repeat(101))).isInstanceOf(InvalidValue.class);
    }

    @Test
    void mayJoinCharactersByOnesThatCannotBeSeen() {
        String family = "\uD83D\uDC68\u200d\uD83D\uDC69\u200d\uD83D\uDC67";
        assertThat(new TenantName(family).value()).isEqualTo(family);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "a\nb", "a\u0000b", "a\u2028b", "\ud83d", "\u200b", "\u200d \u2060", "a\u202eb", "\u2066a"})
    void refusesWhatIsNoName(String value) {
        assertThatThrownBy(() -> new TenantName(value)).isInstanceOf(InvalidValue.class);
    }
}
