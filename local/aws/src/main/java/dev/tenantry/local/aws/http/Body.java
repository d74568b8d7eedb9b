package dev.tenantry.local.aws.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/// The bytes of a request or a response. Immutable.
public final class Body {

    private static final Body NONE = new Body(new byte[0]);

    private final byte[] bytes;

    private Body(byte[] bytes) {
        this.bytes = bytes;
    }

    /// No body.
    public static Body none() {
        return NONE;
    }

    /// A body of these bytes.
    public static Body of(byte[] bytes) {
        return new Body(bytes.clone());
    }

    /// A body of this text in UTF-8.
    public static Body of(String text) {
        return new Body(text.getBytes(UTF_8));
    }

    /// Whether there is nothing.
    public boolean isEmpty() {
        return bytes.length == 0;
    }

    /// The length in bytes.
    public int size() {
        return bytes.length;
    }

    /// A copy of the bytes.
    public byte[] bytes() {
        return bytes.clone();
    }

    /// Whether the bytes are UTF-8.
    public boolean isText() {
        return Arrays.equals(bytes, text().getBytes(UTF_8));
    }

    /// The bytes read as UTF-8; what is not UTF-8 becomes U+FFFD.
    public String text() {
        return new String(bytes, UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Body body && Arrays.equals(bytes, body.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Body[" + bytes.length + " bytes]";
    }
}
