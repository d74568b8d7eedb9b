package dev.tenantry.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.tenantry.idempotency.IdempotencyRecordStore.Slot;
import dev.tenantry.testing.People;
import dev.tenantry.testing.TwoTenants;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SealTest extends TwoTenants {

    private static final String ANSWER = "{\"receiver\":\"bücher@example.org\"}";

    private final Seal seal = new Seal(secret(1));

    @Test
    void opensWhatItSealed() {
        assertThat(seal.open(seal.seal(ANSWER, new SecureRandom()))).isEqualTo(ANSWER);
        assertThat(seal.open(seal.seal("", new SecureRandom()))).isEmpty();
    }

    @Test
    void tellsNothingWithAnotherSecretOrOfWhatWasChanged() {
        byte[] sealed = seal.seal(ANSWER, new SecureRandom());
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("example");
        assertThatIllegalStateException().isThrownBy(() -> new Seal(secret(2)).open(sealed));
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThatIllegalStateException().isThrownBy(() -> seal.open(changed));
        }
    }

    /// The same answer under the same key looks another one each time.
    @Test
    void drawsAnotherNonceEachTime() {
        SecureRandom random = new SecureRandom();
        assertThat(seal.seal(ANSWER, random)).isNotEqualTo(seal.seal(ANSWER, random));
    }

    /// The row's key is a digest of what the secret is made of; so is the secret, and neither tells the other.
    @Test
    void keepsAnswersThatNobodyReadsWithTheTableAlone() {
        Slot slot = IdempotencyRecordStore.slot(
                Optional.of("acme"), People.named("ada").id(), "POST /tenant/{tenant}/invite", "a key");
        core.commit(change -> core.idempotencyRecords()
                .keep(
                        change,
                        slot,
                        new IdempotencyRecord.Completed(
                                "digest",
                                201,
                                Optional.of("/tenant/acme/invite/1"),
                                Optional.of("\"1\""),
                                Optional.of(ANSWER))));
        assertThat(contents()).doesNotContain("/tenant/acme/invite/1", "example.org", "a key");
        assertThat(core.idempotencyRecords().find(slot))
                .hasValueSatisfying(record -> assertThat(record)
                        .isInstanceOfSatisfying(IdempotencyRecord.Completed.class, completed -> {
                            assertThat(completed.location()).contains("/tenant/acme/invite/1");
                            assertThat(completed.body()).contains(ANSWER);
                        }));
    }

    private static byte[] secret(int first) {
        byte[] secret = new byte[32];
        secret[0] = (byte) first;
        return secret;
    }
}
