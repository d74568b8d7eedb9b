package dev.tenantry.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserIdTest {

    @Test
    void isOneNameForOnePerson() {
        assertThat(UserId.of("ABCDEF00-1111-4111-8111-111111111111"))
                .contains(new UserId("abcdef00-1111-4111-8111-111111111111"));
    }

    /// As `uuid.uuid5(uuid.uuid5(uuid.NAMESPACE_URL, issuer), name)` of Python's standard library has them.
    @ParameterizedTest
    @CsvSource({
        "https://tenantry.eu.auth0.com/, auth0|65f1c0ffee, 38459a65-3295-5e02-88a1-729e07bdd206",
        "https://idp.example.com, 1234567890, 7983d486-3d53-547d-8ff0-7d2fc8747052",
        "https://idp.example.com, ada@example.com, 2923c195-8703-5085-b370-cd47a978332a",
        "https://idp.example.com, Žofie Nováková 🔌, 3e509dc4-7c85-5cc2-8ac0-59bdd9af91f5",
        "http://127.0.0.1:8080, 00000000-0000-0000-0000-00000000000g, 24022a39-2dbb-5fa9-9f79-8a2f3d413003",
    })
    void isTheUuidOfAnIssuersNameForSomebody(String issuer, String name, String uuid) {
        assertThat(UserId.named(issuer, name)).isEqualTo(new UserId(uuid));
    }

    @Test
    void tellsIssuersAndNamesApart() {
        assertThat(List.of(
                        UserId.named("https://a.example/", "b"),
                        UserId.named("https://a.example", "/b"),
                        UserId.named("https://a.example/b", ""),
                        UserId.named("https://a.example/", "B")))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1-1-1-1-1", "ada", "11111111-1111-4111-8111-11111111111", "*", "MEMBER#1"})
    void isNothingButAUuid(String text) {
        assertThat(UserId.of(text)).isEmpty();
    }
}
