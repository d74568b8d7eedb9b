package dev.tenantry.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 in 64 hexadecimal digits: names a thing in a key without telling what it is.
public final class Digest {

    private Digest() {}

    /// Of a text in UTF-8.
    public static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Of a text in UTF-8, in its first eight bytes: enough to tell a few thousand texts apart.
    public static long number(String text) {
        return Long.parseUnsignedLong(of(text).substring(0, 16), 16);
    }

    public static String of(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
