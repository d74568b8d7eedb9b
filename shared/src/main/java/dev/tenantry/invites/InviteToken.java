package dev.tenantry.invites;

import dev.tenantry.identity.Digest;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// The secret that an invite's link carries: 256 random bits in base64url (RFC 4648 §5). The service keeps its digest
/// only.
public record InviteToken(String value) {

    private static final int BYTES = 32;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

    public InviteToken {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("no invite token");
        }
    }

    /// A new one.
    ///
    /// @param random a source that nobody can foresee
    static InviteToken draw(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new InviteToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /// The token that a text is; empty if it can be none.
    public static Optional<InviteToken> of(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new InviteToken(text)) : Optional.empty();
    }

    /// What stands for it in the table. Plain SHA-256 will do: 256 random bits can't be guessed, however fast one
    /// tries.
    String digest() {
        return Digest.of(value);
    }

    /// Whoever has the token can accept the invite: a record's own text would print it into the first log that sees
    /// it.
    @Override
    public String toString() {
        return "InviteToken";
    }
}
