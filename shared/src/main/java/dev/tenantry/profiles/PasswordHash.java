package dev.tenantry.profiles;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// What is kept of a password: a salted hash that is slow to compute, so that whoever gets hold of the table cannot try
/// passwords quickly (docs/adr/0011). Its text says how it was made, so that the number of rounds can grow and old
/// hashes still be read: `$pbkdf2-sha256-hex$i=600000$<salt>$<hash>`, salt and hash in Base64 without padding.
///
/// PBKDF2 is given the password's bytes as hexadecimal digits in lower case. The JDK's takes characters and makes UTF-8
/// of them, which not all bytes are; and HMAC fills a short key up with zeros (RFC 2104 §2), so that to PBKDF2 a key
/// and the same with a zero byte behind it are one. Digits are text, and none of them is zero. Hashes of the name
/// `pbkdf2-sha256` are older ones, of the characters themselves.
public final class PasswordHash {

    /// The rounds that OWASP's Password Storage Cheat Sheet asks for with HMAC-SHA-256.
    static final int ITERATIONS = 600_000;

    private static final String NAME = "pbkdf2-sha256-hex";
    private static final String NAME_OF_TEXT = "pbkdf2-sha256";
    private static final String ALGORITHM = "PBKDF2WithHmacSHA256";
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int BITS_PER_BYTE = 8;

    private final String name;
    private final int iterations;
    private final byte[] salt;
    private final byte[] hash;

    private PasswordHash(String name, int iterations, byte[] salt, byte[] hash) {
        this.name = name;
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
        return new PasswordHash(NAME, iterations, salt, derive(digits(password.bytes()), salt, iterations));
    }

    /// A hash that is as slow as any, and of no password.
    static PasswordHash ofNothing() {
        return new PasswordHash(NAME, ITERATIONS, new byte[SALT_BYTES], new byte[HASH_BYTES]);
    }

    /// The hash that the table holds.
    public static PasswordHash stored(String text) {
        String[] parts = text.split("\\$", -1);
        if (parts.length != 5
                || !parts[0].isEmpty()
                || !parts[1].equals(NAME) && !parts[1].equals(NAME_OF_TEXT)
                || !parts[2].startsWith("i=")) {
            throw new IllegalArgumentException("no password hash");
        }
        Base64.Decoder base64 = Base64.getDecoder();
        return new PasswordHash(
                parts[1], Integer.parseInt(parts[2].substring(2)), base64.decode(parts[3]), base64.decode(parts[4]));
    }

    /// Whether this was made from that password. As slow as making it, and as slow for a wrong password as for the
    /// right one, whatever it looks like.
    ///
    /// @param password what somebody says it is, as it came in
    public boolean matches(byte[] password) {
        return name.equals(NAME)
                ? MessageDigest.isEqual(hash, derive(digits(password), salt, iterations))
                : matchesText(password);
    }

    private static char[] digits(byte[] password) {
        return HexFormat.of().formatHex(password).toCharArray();
    }

    private boolean matchesText(byte[] password) {
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

    /// No password of characters has such a byte.
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
        return "$" + name + "$i=" + iterations + "$" + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
    }

    /// Not the hash: it is no secret that opens anything, but no log is the better for it.
    @Override
    public String toString() {
        return "PasswordHash";
    }
}
