package dev.tenantry.profiles;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.random.RandomGenerator;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// What is kept of a password: a salted hash that is slow to compute, so that whoever gets hold of the table cannot try
/// passwords quickly (docs/adr/0011). Its text says how it was made, so that the number of rounds can grow and old
/// hashes still be read: `$pbkdf2-sha256$i=600000$<salt>$<hash>`, salt and hash in Base64 without padding.
public final class PasswordHash {

    /// The rounds that OWASP's Password Storage Cheat Sheet asks for with HMAC-SHA-256.
    static final int ITERATIONS = 600_000;

    private static final String NAME = "pbkdf2-sha256";
    private static final String ALGORITHM = "PBKDF2WithHmacSHA256";
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int BITS_PER_BYTE = 8;

    private final int iterations;
    private final byte[] salt;
    private final byte[] hash;

    private PasswordHash(int iterations, byte[] salt, byte[] hash) {
        this.iterations = iterations;
        this.salt = salt;
        this.hash = hash;
    }

    /// Hashes a password. Slow on purpose.
    ///
    /// @param random a source that nobody can foresee
    public static PasswordHash of(ChargerPassword password, RandomGenerator random) {
        return of(password, random, ITERATIONS);
    }

    static PasswordHash of(ChargerPassword password, RandomGenerator random, int iterations) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return new PasswordHash(iterations, salt, derive(password.characters(), salt, iterations));
    }

    /// A hash that is as slow as any, and of no password.
    static PasswordHash ofNothing() {
        return new PasswordHash(ITERATIONS, new byte[SALT_BYTES], new byte[HASH_BYTES]);
    }

    /// The hash that the table holds.
    public static PasswordHash stored(String text) {
        String[] parts = text.split("\\$", -1);
        if (parts.length != 5 || !parts[0].isEmpty() || !parts[1].equals(NAME) || !parts[2].startsWith("i=")) {
            throw new IllegalArgumentException("no password hash");
        }
        Base64.Decoder base64 = Base64.getDecoder();
        return new PasswordHash(
                Integer.parseInt(parts[2].substring(2)), base64.decode(parts[3]), base64.decode(parts[4]));
    }

    /// Whether this was made from that password. As slow as making it, and as slow for a wrong password as for the
    /// right one, whatever it looks like.
    ///
    /// @param password what somebody says it is, as it came in
    public boolean matches(byte[] password) {
        char[] characters;
        boolean isText;
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(password));
            characters = new char[text.remaining()];
            text.get(characters);
            isText = true;
        } catch (CharacterCodingException e) {
            // No password is anything but text. To find that out must take as long as anything else.
            characters = new char[password.length];
            isText = false;
        }
        boolean isEqual = MessageDigest.isEqual(hash, derive(characters, salt, iterations));
        return isText & !endsInZero(password) & isEqual;
    }

    /// HMAC fills a short key up with zeros (RFC 2104 §2), so to PBKDF2 a password and the same with a zero byte
    /// behind it are one. No password has such a byte.
    private static boolean endsInZero(byte[] password) {
        return password.length > 0 && password[password.length - 1] == 0;
    }

    private static byte[] derive(char[] password, byte[] salt, int iterations) {
        try {
            PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, HASH_BYTES * BITS_PER_BYTE);
            return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(spec).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK's own provider has " + ALGORITHM, e);
        }
    }

    /// For the table.
    public String text() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$" + NAME + "$i=" + iterations + "$" + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
    }

    /// Not the hash: it is no secret that opens anything, but no log is the better for it.
    @Override
    public String toString() {
        return "PasswordHash";
    }
}
