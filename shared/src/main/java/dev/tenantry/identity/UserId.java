package dev.tenantry.identity;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// A person, as the identity provider's `sub` names them: a UUID in canonical lower case (RFC 9562 §4).
public record UserId(String value) {

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
