package dev.tenantry.http;

import dev.tenantry.refusal.InvalidValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/// The opaque text for a position in a list. It names the list it was given out for by a checksum, which tells a
/// foreign cursor from a fitting one; it guards nothing, because a position only ever moves within the list that the
/// caller may read anyway.
final class Cursor {

    private static final int CHECKSUM_BYTES = 6;

    private Cursor() {}

    static String of(String position, String list) {
        byte[] text = position.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = Arrays.copyOf(checksum(position, list), CHECKSUM_BYTES + text.length);
        System.arraycopy(text, 0, bytes, CHECKSUM_BYTES, text.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// @throws InvalidValue if it was not given out for this list
    static String position(String cursor, String list) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(cursor);
            if (bytes.length > CHECKSUM_BYTES) {
                String position =
                        new String(bytes, CHECKSUM_BYTES, bytes.length - CHECKSUM_BYTES, StandardCharsets.UTF_8);
                if (Arrays.equals(checksum(position, list), Arrays.copyOf(bytes, CHECKSUM_BYTES))) {
                    return position;
                }
            }
        } catch (IllegalArgumentException e) {
            // No base64url; falls through to the same answer.
        }
        throw new InvalidValue("is not a cursor of this list; take it unchanged from the Link header");
    }

    private static byte[] checksum(String position, String list) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(list.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return Arrays.copyOf(digest.digest(position.getBytes(StandardCharsets.UTF_8)), CHECKSUM_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
