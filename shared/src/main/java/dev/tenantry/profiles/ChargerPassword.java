package dev.tenantry.profiles;

import dev.tenantry.refusal.InvalidValue;
import dev.tenantry.text.OneLine;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// The password that the chargers of a profile show: 16..40 bytes in UTF-8 (OCPP 2.0.1 A00.FR.205 and
/// `BasicAuthPassword`), without control characters, which HTTP's Basic scheme cannot carry (RFC 7617 §2). It is not
/// kept; its [PasswordHash] is.
public final class ChargerPassword {

    private static final int MIN_BYTES = 16;
    private static final int MAX_BYTES = 40;

    private final String value;

    /// @throws InvalidValue if the password breaks the rule above; the message does not repeat it
    public ChargerPassword(String value) {
        int bytes = bytes(value);
        if (bytes < MIN_BYTES || bytes > MAX_BYTES) {
            throw new InvalidValue("must have 16 to 40 bytes in UTF-8");
        }
        if (!OneLine.is(value)) {
            throw new InvalidValue("must not contain control characters");
        }
        this.value = value;
    }

    private static int bytes(String value) {
        try {
            return StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(value))
                    .remaining();
        } catch (CharacterCodingException e) {
            throw new InvalidValue("must not contain unpaired surrogates");
        }
    }

    char[] characters() {
        return value.toCharArray();
    }

    /// Never the password itself, so that no log and no message can hold it.
    @Override
    public String toString() {
        return "ChargerPassword";
    }
}
