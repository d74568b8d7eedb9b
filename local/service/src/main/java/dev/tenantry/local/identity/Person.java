package dev.tenantry.local.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/// Whom a token is for.
///
/// @param sub the identity provider's id of the person
public record Person(String sub, String email, boolean emailVerified, String givenName, String familyName) {

    private static final Pattern EMAIL = Pattern.compile("[^\\s@]{1,64}@[^\\s@]{1,190}");

    /// The person whom nothing but an e-mail address is known of.
    public static Person of(String email) {
        return new Person(subOf(email), email, true, givenNameOf(email), familyNameOf(email));
    }

    /// Whether a text may be an e-mail address.
    static boolean isEmail(String text) {
        return EMAIL.matcher(text).matches();
    }

    /// What a token says of them to a client with these scopes (OpenID Connect Core 1.0, sections 5.1 and 5.4).
    Map<String, Object> claims(Scopes scopes) {
        Map<String, Object> claims = new LinkedHashMap<>();
        if (scopes.has("email")) {
            claims.put("email", email);
            claims.put("email_verified", emailVerified);
        }
        if (scopes.has("profile")) {
            claims.put("name", name());
            claims.put("given_name", givenName);
            claims.put("family_name", familyName);
        }
        return claims;
    }

    /// As they are called.
    String name() {
        return (givenName + " " + familyName).strip();
    }

    /// The id that an e-mail address stands for: the same address, whatever its case, is the same person in every
    /// run.
    static String subOf(String email) {
        return UUID.nameUUIDFromBytes(email.toLowerCase(Locale.ROOT).getBytes(UTF_8))
                .toString();
    }

    /// `ada.lovelace@example.com` is Ada.
    static String givenNameOf(String email) {
        return capitalised(localPart(email).split("[._+-]+", 2)[0], "Someone");
    }

    /// `ada.lovelace@example.com` is Lovelace, and `ada@example.com`, for want of better, Example.
    static String familyNameOf(String email) {
        String[] words = localPart(email).split("[._+-]+", 3);
        return capitalised(words.length > 1 ? words[1] : domain(email).split("[.]", 2)[0], "Unknown");
    }

    private static String localPart(String email) {
        return email.substring(0, email.lastIndexOf('@'));
    }

    private static String domain(String email) {
        return email.substring(email.lastIndexOf('@') + 1);
    }

    private static String capitalised(String word, String otherwise) {
        return word.isEmpty() ? otherwise : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
