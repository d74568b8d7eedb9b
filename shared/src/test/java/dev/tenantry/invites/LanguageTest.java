package dev.tenantry.invites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.refusal.InvalidValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageTest {

    @ParameterizedTest
    @CsvSource({
        "de, de",
        "DE-at, de-AT",
        "zh-hans-cn, zh-Hans-CN",
        "sl-rozaj, sl-rozaj",
        "x-ours, x-ours",
        "de-x-aaaaa-aaaaa, de-x-aaaaa-aaaaa",
        "de-a-12345-12345, de-a-12345-12345"
    })
    void keepsATagInItsCanonicalForm(String tag, String canonical) {
        assertThat(new Language(tag).tag()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "de_AT",
                "d",
                "-de",
                "de-",
                "de--AT",
                "deutschland",
                "de AT",
                "en-a-bbb-a-ccc",
                "de-1996-1996",
                "de-rozaj-ROZAJ",
                "de\r\nX: y",
                "français"
            })
    void refusesAMalformedTag(String tag) {
        assertThatThrownBy(() -> new Language(tag)).isInstanceOf(InvalidValue.class);
    }

    @Test
    void limitsItsLength() {
        assertThat(new Language("de" + "-x-abcdefg".repeat(1)).tag()).isEqualTo("de-x-abcdefg");
        assertThatThrownBy(() -> new Language("de-x" + "-abcdefgh".repeat(11))).isInstanceOf(InvalidValue.class);
    }

    @ParameterizedTest
    @CsvSource({
        "en, ENGLISH",
        "de, GERMAN",
        "fr, FRENCH",
        "es, SPANISH",
        "it, ITALIAN",
        "nl, DUTCH",
        "de-AT, GERMAN",
        "fr-CA, FRENCH",
        "es-419, SPANISH",
        "nl-BE, DUTCH",
        "de-Latn-CH-1996, GERMAN",
        "de-u-ca-buddhist, GERMAN",
        "pt, ENGLISH",
        "pt-BR, ENGLISH",
        "x-de, ENGLISH",
        "nl-x-aaaaa-aaaaa, DUTCH",
        "den, ENGLISH",
        "und, ENGLISH",
    })
    void isWrittenToInTheBestMatch(String tag, MailLanguage expected) {
        assertThat(MailLanguage.bestFor(new Language(tag))).isEqualTo(expected);
    }
}
