package dev.tenantry.identity;

import dev.tenantry.refusal.InvalidValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// The name by which a charger connects, the last part of its WebSocket's path: 1..48 of OCPP's identifier characters
/// (OCPP 2.0.1, Part 2, `identifierString`; Part 4 §3.1.1) and, inside, of the space: OCPP-J 1.6 §3.1.1 has `RDAM 123`
/// for its example. Two that differ in case alone are the same one.
///
/// @param value as the charger wrote it
public record ChargePointIdentity(String value) {

    private static final int MAX_LENGTH = 48;
    private static final String MARKS = "*-_=:+|@.";

    /// @throws InvalidValue if it breaks the rule above
    public ChargePointIdentity {
        if (!isIdentifier(value)) {
            throw new InvalidValue(
                    "must have 1 to 48 characters of A-Z, a-z, 0-9 and " + MARKS + ", and spaces only between them");
        }
    }

    /// What is the same for all ways to write it.
    public String folded() {
        return folded(value);
    }

    /// Whether that text is a way to write this identity. Takes as long for a wrong text as for the right one.
    public boolean isWritten(String text) {
        return MessageDigest.isEqual(
                folded(text).getBytes(StandardCharsets.UTF_8), folded().getBytes(StandardCharsets.UTF_8));
    }

    private static String folded(String value) {
        // ASCII letters only, whatever the language: an identity has no others.
        char[] folded = value.toCharArray();
        for (int i = 0; i < folded.length; i++) {
            if (folded[i] >= 'A' && folded[i] <= 'Z') {
                folded[i] += 'a' - 'A';
            }
        }
        return new String(folded);
    }

    private static boolean isIdentifier(String value) {
        if (value.isEmpty() || value.length() > MAX_LENGTH || value.startsWith(" ") || value.endsWith(" ")) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean allowed = c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || c == ' '
                    || MARKS.indexOf(c) >= 0;
            if (!allowed) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChargePointIdentity identity
                && identity.folded().equals(folded());
    }

    @Override
    public int hashCode() {
        return folded().hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
