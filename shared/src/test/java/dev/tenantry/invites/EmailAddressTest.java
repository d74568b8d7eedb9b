package dev.tenantry.invites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.refusal.InvalidValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada@example.com",
                "Ada.Lovelace+work@Example.co.uk",
                "o'hara@example.com",
                "!#$%&'*+/=?^_`{|}~-@example.com",
                "a@b.c",
                "ada@xn--mnchen-3ya.example",
                "ada@1.example",
            })
    void takesAnAddress(String text) {
        assertThat(new EmailAddress(text).value()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ada",
                "@example.com",
                "ada@",
                "ada@example",
                "ada@@example.com",
                "ada@example.com@example.com",
                "ada@example.com, bob@example.com",
                "Ada <ada@example.com>",
                "<ada@example.com>",
                "\"ada lovelace\"@example.com",
                "ada lovelace@example.com",
                ".ada@example.com",
                "ada.@example.com",
                "a..da@example.com",
                "ada@.example.com",
                "ada@example..com",
                "ada@example.com.",
                "ada@-example.com",
                "ada@example-.com",
                "ada@exa_mple.com",
                "ada@[192.0.2.1]",
                "ada@192.0.2.1",
                "ada@example.com\r\nBcc: eve@example.com",
                "ada\r\n@example.com",
                "ada\u0000@example.com",
                "ada\u007f@example.com",
                "adä@example.com",
                "ada@münchen.example",
                "ada\u200b@example.com",
            })
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> new EmailAddress(text)).isInstanceOf(InvalidValue.class);
    }

    @Test
    void removesSpaceAroundIt() {
        assertThat(new EmailAddress(" ada@example.com\n").value()).isEqualTo("ada@example.com");
    }

    @Test
    void limitsItsLengths() {
        String label = "d".repeat(63);
        String domain = label + "." + label + "." + "d".repeat(57) + ".de";
        assertThat(new EmailAddress("a".repeat(64) + "@" + domain).value()).hasSize(253);
        assertThat(new EmailAddress("a".repeat(64) + "@d" + domain.substring(63)).value())
                .isNotEmpty();

        assertThatThrownBy(() -> new EmailAddress("a".repeat(65) + "@example.com"))
                .isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> new EmailAddress("ada@" + "d".repeat(64) + ".com"))
                .isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> new EmailAddress("a".repeat(64) + "@dd." + domain))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("254");
    }

    @Test
    void standsForOnePersonWhateverTheCase() {
        assertThat(new EmailAddress("Ada@Example.COM").identity())
                .isEqualTo(new EmailAddress("ada@example.com").identity());
        assertThat(new EmailAddress("ada+x@example.com").identity())
                .isNotEqualTo(new EmailAddress("ada@example.com").identity());
    }

    @Test
    void isNotPrintedByAccident() {
        assertThat(new EmailAddress("ada@example.com").toString()).doesNotContain("ada");
    }
}
