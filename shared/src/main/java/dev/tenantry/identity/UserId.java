package dev.tenantry.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// A person, as the identity provider names them: a UUID in canonical lower case (RFC 9562 §4), theirs or one made of
/// what they say instead.
public record UserId(String value) {

    /// Who stands for the operator, who is no person: the nil UUID (RFC 9562 §5.9).
    public static final UserId OPERATOR = new UserId("00000000-0000-0000-0000-000000000000");

    /// Who stands for a person who was erased: the max UUID (RFC 9562 §5.10).
    public static final UserId ERASED = new UserId("ffffffff-ffff-ffff-ffff-ffffffffffff");

    private static final UUID NAMESPACE_URL = new UUID(0x6ba7b8119dad11d1L, 0x80b400c04fd430c8L);

    public UserId {
        if (!isCanonical(value)) {
            throw new IllegalArgumentException("a user id is a UUID in lower case");
        }
    }

    /// The user that the text names; empty if it is no UUID.
    public static Optional<UserId> of(String text) {
        String lowerCase = text.toLowerCase(Locale.ROOT);
        return isCanonical(lowerCase) ? Optional.of(new UserId(lowerCase)) : Optional.empty();
    }

    /// Whether it is a person's, whoever that may be.
    public boolean isPerson() {
        // By value: a record's own equals is made at its first call, which every request would pay for at a cold start.
        return !value.equals(OPERATOR.value) && !value.equals(ERASED.value);
    }

    /// The user whom an issuer calls by a name that is no UUID, for ever the same: the version-5 UUID (RFC 9562
    /// §5.5) of that name in the issuer's own namespace, which is the version-5 UUID of the issuer in the namespace
    /// for URLs (§6.6). All in UTF-8. A namespace has 16 bytes, so nothing has to separate issuer and name, and no
    /// two pairs of them make the same text.
    public static UserId named(String issuer, String name) {
        return new UserId(version5(version5(NAMESPACE_URL, issuer), name).toString());
    }

    private static UUID version5(UUID namespace, String name) {
        ByteBuffer namespaceBytes = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(namespace.getMostSignificantBits())
                .putLong(namespace.getLeastSignificantBits());
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(namespaceBytes.array());
            ByteBuffer hash = ByteBuffer.wrap(digest.digest(name.getBytes(StandardCharsets.UTF_8)));
            return new UUID(hash.getLong() & ~0xf000L | 0x5000L, hash.getLong() & ~(0b11L << 62) | 0b10L << 62);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    private static boolean isCanonical(String text) {
        try {
            // UUID.fromString also takes shortened groups; only the full form is one name for one person.
            return UUID.fromString(text).toString().equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
