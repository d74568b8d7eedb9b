package dev.tenantry.invites;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InviteTokenTest {

    @Test
    void hasTwoHundredAndFiftySixRandomBits() {
        byte[] ever = new byte[32];
        byte[] never = new byte[32];
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            String token = InviteToken.draw(new SecureRandom()).value();
            byte[] bytes = Base64.getUrlDecoder().decode(token);
            assertThat(bytes).hasSize(32);
            assertThat(seen.add(token)).isTrue();
            for (int b = 0; b < 32; b++) {
                ever[b] |= bytes[b];
                never[b] |= (byte) ~bytes[b];
            }
        }
        // Each bit was once set and once not: by chance it would fail once in 2^191 runs.
        assertThat(ever).containsOnly(-1);
        assertThat(never).containsOnly(-1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "short",
                "0123456789012345678901234567890123456789012+",
                "01234567890123456789012345678901234567890123"
            })
    void isNoneOfAnotherForm(String text) {
        assertThat(InviteToken.of(text)).isEmpty();
    }

    @Test
    void neverTellsItself() {
        InviteToken token = InviteToken.draw(new SecureRandom());

        assertThat(InviteToken.of(token.value())).contains(token);
        assertThat(token.toString()).doesNotContain(token.value());
        assertThat(token.digest()).hasSize(64).doesNotContain(token.value());
    }
}
