package dev.tenantry.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailIdentityTest {

    @ParameterizedTest
    @CsvSource({
        "Ada@Example.COM, ada@example.com",
        "' ada@example.com ', ada@example.com",
        "info@bücher.example, info@xn--bcher-kva.example",
        "Info@BÜCHER.Example, info@XN--BCHER-KVA.example",
        "info@straße.example, info@xn--strae-oqa.example",
        "info@παράδειγμα.example, info@xn--hxajbheg2az3al.example",
        "info@例え.テスト, info@xn--r8jz45g.xn--zckzah",
        "info@пример.испытание, info@xn--e1afmkfd.xn--80akhbyknj4f",
        "info@mañana.example, info@xn--maana-pta.example",
        "info@他们为什么不说中文.example, info@xn--ihqwcrb4cv8a8dqg056pqjye.example",
        "info@3年b組金八先生.example, info@xn--3b-ww4c5e180e575a65lsy2b.example",
        "info@💩.example, info@xn--ls8h.example",
        "dürst@example.com, dürst@EXAMPLE.com"
    })
    void isTheSameForOnePersonsAddress(String one, String other) {
        assertThat(EmailIdentity.of(one)).isEqualTo(EmailIdentity.of(other));
    }

    @ParameterizedTest
    @CsvSource({
        // A Kelvin sign, a long s and a dotless i, which Unicode folds to ASCII, or ASCII to them.
        "\u212aim@example.com, kim@example.com",
        "kim@\u212aing.example, kim@king.example",
        "\u017fam@example.com, sam@example.com",
        "\u0130an@example.com, ian@example.com",
        "ian@\u0130.example, ian@i.example",
        "DÜRST@example.com, dürst@example.com",
        "info@straße.example, info@strasse.example",
        "info@example\u3002com, info@example.com",
        "info@example\uff0ecom, info@example.com",
        "info@\uff45xample.com, info@example.com",
        "a.da@example.com, ada@example.com",
        "ada+x@example.com, ada@example.com"
    })
    void isAnotherForWhatMayBeSomebodyElses(String one, String other) {
        assertThat(EmailIdentity.of(one)).isNotEqualTo(EmailIdentity.of(other));
    }

    /// Whatever a token says is compared, and nothing else happens.
    @ParameterizedTest
    @ValueSource(strings = {"", "@", "ada", "ada@", "@example.com", "a@b@c", "ada@..", "ada@\ud800.example"})
    void hasOneForWhateverAnAddressLooksLike(String address) {
        assertThat(EmailIdentity.of(address)).isEqualTo(EmailIdentity.of(address));
    }

    @Test
    void staysWhatItWasForAddressesInAscii() {
        assertThat(EmailIdentity.of("Ada@Example.com")).isEqualTo(new EmailIdentity(Digest.of("ada@example.com")));
    }
}
