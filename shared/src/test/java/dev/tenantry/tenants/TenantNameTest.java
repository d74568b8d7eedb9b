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
    void hasAHundredCharactersAtMost() {
        assertThat(new TenantName("⚡".repeat(50) + "🔌".repeat(50)).value()).hasSize(150);
        assertThatThrownBy(() -> new TenantName("🔌".repeat(101))).isInstanceOf(InvalidValue.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "a\nb", "\u200b"})
    void refusesWhatIsNoName(String value) {
        assertThatThrownBy(() -> new TenantName(value)).isInstanceOf(InvalidValue.class);
    }
}
