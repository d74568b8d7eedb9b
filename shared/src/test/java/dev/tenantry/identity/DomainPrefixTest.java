package dev.tenantry.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.refusal.InvalidValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DomainPrefixTest {

    @ParameterizedTest
    @ValueSource(strings = {"abc", "a-b", "acme-2", "x23", "a123456789012345678901234567890123456789"})
    void takesOneDnsLabel(String value) {
        assertThat(DomainPrefix.forNewTenant(value).value()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ab",
                "1abc",
                "-abc",
                "abc-",
                "Abc",
                "a.b",
                "a_b",
                "a b",
                "äbc",
                "abc\n",
                "a1234567890123456789012345678901234567890"
            })
    void refusesWhatIsNoLabelOfThatKind(String value) {
        assertThatThrownBy(() -> DomainPrefix.forNewTenant(value))
                .isInstanceOf(InvalidValue.class)
                .hasMessageStartingWith("must have 3 to 40");
        assertThat(DomainPrefix.inPath(value)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"www", "api", "admin", "priming", "xn--bcher-kva"})
    void refusesNamesThatPassForTheCloudItself(String value) {
        assertThatThrownBy(() -> DomainPrefix.forNewTenant(value))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("reserved");
    }

    /// A priming event that could name a tenant would reach its data.
    @Test
    void keepsOneForNobody() {
        String nobodys = DomainPrefix.NOBODYS.value();
        assertThatThrownBy(() -> DomainPrefix.forNewTenant(nobodys)).isInstanceOf(InvalidValue.class);
        assertThat(DomainPrefix.inPath(nobodys)).contains(DomainPrefix.NOBODYS);
    }
}
