package dev.tenantry.profiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.refusal.InvalidValue;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {

    private static final String PASSWORD = "correct horse battery";

    private final RandomGenerator random = new SecureRandom();

    @Test
    void matchesItsPasswordAndNoOther() {
        PasswordHash hash = quick(PASSWORD);

        assertThat(hash.matches(bytes(PASSWORD))).isTrue();
        for (String other :
                new String[] {"", "c", PASSWORD + " ", "Correct horse battery", PASSWORD + "\0", "x".repeat(1000)}) {
            assertThat(hash.matches(bytes(other))).as(other).isFalse();
        }
    }

    @Test
    void matchesInUtf8Only() {
        PasswordHash hash = quick("Ölkännchen für Käthe");

        assertThat(hash.matches(bytes("Ölkännchen für Käthe"))).isTrue();
        assertThat(hash.matches("Ölkännchen für Käthe".getBytes(StandardCharsets.ISO_8859_1)))
                .isFalse();
        // A decoder that replaces would take any malformed byte for the replacement character.
        PasswordHash replacement = quick("\ufffd".repeat(6));
        assertThat(replacement.matches(bytes("\ufffd".repeat(6)))).isTrue();
        assertThat(replacement.matches(HexFormat.of().parseHex("ffffffffffff"))).isFalse();
        // Nor may a placeholder for what is no text match anything.
        assertThat(replacement.matches(HexFormat.of().parseHex("ff".repeat(18))))
                .isFalse();
    }

    /// Of the password's bytes as hexadecimal digits.
    @Test
    void isPbkdf2AsRfc8018DefinesIt() throws Exception {
        PasswordHash hash = quick(PASSWORD);
        String[] parts = hash.text().split("\\$");
        byte[] salt = Base64.getDecoder().decode(parts[3]);

        assertThat(parts[1]).isEqualTo("pbkdf2-sha256-hex");
        assertThat(parts[2]).isEqualTo("i=1000");
        assertThat(salt).hasSize(16);
        assertThat(Base64.getDecoder().decode(parts[4]))
                .isEqualTo(pbkdf2(bytes(HexFormat.of().formatHex(bytes(PASSWORD))), salt));
    }

    /// One block of 32 bytes after 1000 rounds: U1 = HMAC(password, salt || 1), each next one HMAC(password, the
    /// last), all of them together.
    private static byte[] pbkdf2(byte[] password, byte[] salt) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(password, "HmacSHA256"));
        mac.update(salt);
        byte[] round = mac.doFinal(new byte[] {0, 0, 0, 1});
        byte[] block = round.clone();
        for (int i = 1; i < 1000; i++) {
            round = mac.doFinal(round);
            for (int j = 0; j < block.length; j++) {
                block[j] ^= round[j];
            }
        }
        return block;
    }

    /// Hashes that were kept before passwords were bytes.
    @Test
    void readsHashesOfText() throws Exception {
        byte[] salt = bytes("0123456789abcdef");
        String text = "$pbkdf2-sha256$i=1000$"
                + Base64.getEncoder().withoutPadding().encodeToString(salt) + "$"
                + Base64.getEncoder().withoutPadding().encodeToString(pbkdf2(bytes("Ölkännchen für Käthe"), salt));
        PasswordHash hash = PasswordHash.stored(text);

        assertThat(hash.text()).isEqualTo(text);
        assertThat(hash.matches(bytes("Ölkännchen für Käthe"))).isTrue();
        assertThat(hash.matches(bytes("Ölkännchen für Käthe\0"))).isFalse();
        assertThat(hash.matches("Ölkännchen für Käthe".getBytes(StandardCharsets.ISO_8859_1)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // No UTF-8, with a zero and a colon, and zeros at the end.
                "000102030405060708090a0b0c0d0e0f",
                "ffffffffffffffffffffffffffffffff",
                "3afe003a3a80c0fff5f8aabbccddeeff00112233",
                "C0FFEE0000000000000000000000000000000000",
                "00000000000000000000000000000000",
                "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff00"
            })
    void matchesTheBytesOfABinaryKeyAndNoOthers(String digits) {
        byte[] key = HexFormat.of().parseHex(digits);
        PasswordHash hash = PasswordHash.of(ChargerPassword.ofHex(digits), random, 1000);

        assertThat(hash.matches(key)).isTrue();
        assertThat(PasswordHash.stored(hash.text()).matches(key)).isTrue();
        assertThat(hash.matches(Arrays.copyOf(key, key.length + 1))).isFalse();
        assertThat(hash.matches(Arrays.copyOf(key, key.length - 1))).isFalse();
        // Neither its digits, nor what a decoder would make of its bytes.
        assertThat(hash.matches(bytes(digits))).isFalse();
        assertThat(hash.matches(bytes(new String(key, StandardCharsets.ISO_8859_1) + "\u0080")))
                .isFalse();
        key[7] ^= 1;
        assertThat(hash.matches(key)).isFalse();
    }

    @Test
    void isOfTheSameBytesHoweverTheyAreSaid() {
        String digits = HexFormat.of().formatHex(bytes(PASSWORD));
        PasswordHash said = PasswordHash.of(ChargerPassword.ofHex(digits.toUpperCase(Locale.ROOT)), random, 1000);
        assertThat(said.matches(bytes(PASSWORD))).isTrue();
        // And as text, digits are text.
        PasswordHash text = quick(digits.substring(0, 40));
        assertThat(text.matches(bytes(digits.substring(0, 40)))).isTrue();
        assertThat(text.matches(HexFormat.of().parseHex(digits.substring(0, 40))))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0123456789abcdef0123456789abcde",
                "0123456789abcdef0123456789abcdef0",
                "0123456789abcdef0123456789abcdeg",
                "0x0123456789abcdef0123456789abcdef",
                "01 23 45 67 89 ab cd ef 01 23 45 67 89 ab",
                "０１２３４５６７８９abcdef0123456789abcdef",
                "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef00"
            })
    void takesNothingElseForABinaryKey(String digits) {
        assertThatThrownBy(() -> ChargerPassword.ofHex(digits))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("hexadecimal digits");
    }

    @Test
    void takesTheRoundsThatOwaspAsksForAndKeepsTheirNumber() {
        PasswordHash hash = PasswordHash.of(new ChargerPassword(PASSWORD), random);

        assertThat(hash.text()).startsWith("$pbkdf2-sha256-hex$i=600000$");
        PasswordHash stored = PasswordHash.stored(hash.text());
        assertThat(stored.text()).isEqualTo(hash.text());
        assertThat(stored.matches(bytes(PASSWORD))).isTrue();
        assertThat(stored.matches(bytes(PASSWORD + "x"))).isFalse();
    }

    @Test
    void isAnotherForTheSamePasswordAgain() {
        assertThat(quick(PASSWORD).text()).isNotEqualTo(quick(PASSWORD).text());
    }

    @Test
    void printsNeitherItselfNorThePassword() {
        ChargerPassword password = new ChargerPassword(PASSWORD);

        assertThat(password.toString()).isEqualTo("ChargerPassword");
        assertThat(quick(PASSWORD).toString()).isEqualTo("PasswordHash");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hash",
                "$bcrypt$i=1$AA$AA",
                "$pbkdf2-sha256$1$AA$AA",
                "$pbkdf2-sha256$i=1$AA",
                "$pbkdf2-sha256$i=x$AA$AA"
            })
    void readsNothingElseFromTheTable(String text) {
        assertThatThrownBy(() -> PasswordHash.stored(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesPasswordsOfSixteenToFortyBytes() {
        for (String taken : new String[] {
            "x".repeat(16), "x".repeat(40), "ä".repeat(8), "ä".repeat(20), "😀".repeat(4), " ".repeat(16)
        }) {
            assertThat(quick(taken).matches(bytes(taken))).isTrue();
        }
        for (String refused : new String[] {
            "",
            "x".repeat(15),
            "x".repeat(41),
            "ä".repeat(7) + "x",
            "ä".repeat(20) + "x",
            "x".repeat(15) + "\n",
            "x".repeat(15) + "\0",
            "x".repeat(15) + "\ud83d",
            "\u007f" + "x".repeat(15),
            "x".repeat(15) + "\u0085"
        }) {
            assertThatThrownBy(() -> new ChargerPassword(refused))
                    .isInstanceOf(InvalidValue.class)
                    .hasMessageStartingWith("must ");
        }
    }

    private PasswordHash quick(String password) {
        return PasswordHash.of(new ChargerPassword(password), random, 1000);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
