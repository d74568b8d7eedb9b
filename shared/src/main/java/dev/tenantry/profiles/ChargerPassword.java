package dev.tenantry.profiles;

import dev.tenantry.refusal.InvalidValue;
import dev.tenantry.text.OneLine;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// The password that a charger shows: 16..40 bytes (OCPP 2.0.1 A00.FR.205 and `BasicAuthPassword`; 20 of them is the
/// `AuthorizationKey` of 40 hexadecimal digits in OCPP 1.6's security whitepaper). People say it as text, in UTF-8 and
/// without control characters, which HTTP's Basic scheme cannot carry as text (RFC 7617 §2), or byte by byte. It is not
/// kept; its [PasswordHash] is.
public final class ChargerPassword {

    private static final int MIN_BYTES = 16;
    private static final int MAX_BYTES = 40;

    /// Hexadecimal digits of a byte.
    private static final int DIGITS = 2;

    private final byte[] bytes;

    private ChargerPassword(byte[] bytes) {
        this.bytes = bytes;
    }

    /// @throws InvalidValue if the password breaks the rule above; the message does not repeat it
    public ChargerPassword(String text) {
        this(utf8(text));
        if (bytes.length < MIN_BYTES || bytes.length > MAX_BYTES) {
            throw new InvalidValue("must have 16 to 40 bytes in UTF-8");
        }
        if (!OneLine.is(text)) {
            throw new InvalidValue("must not contain control characters");
        }
    }

    /// The password of those bytes, whatever they stand for: that of a charger that holds a binary key.
    ///
    /// @param digits two for each byte, case aside
    /// @throws InvalidValue if they are none, too few or too many; the message does not repeat them
    public static ChargerPassword ofHex(String digits) {
        if (digits.length() < DIGITS * MIN_BYTES
                || digits.length() > DIGITS * MAX_BYTES
                || !digits.chars().allMatch(HexFormat::isHexDigit)) {
            throw new InvalidValue("must have 32 to 80 hexadecimal digits and nothing else");
        }
        if (digits.length() % DIGITS != 0) {
            throw new InvalidValue("must have an even number of hexadecimal digits, two for each byte");
        }
        return new ChargerPassword(HexFormat.of().parseHex(digits));
    }

    private static byte[] utf8(String text) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new InvalidValue("must not contain unpaired surrogates");
        }
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /// Never the password itself, so that no log and no message can hold it.
    @Override
    public String toString() {
        return "ChargerPassword";
    }
}
