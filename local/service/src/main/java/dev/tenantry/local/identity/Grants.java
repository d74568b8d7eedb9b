package dev.tenantry.local.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The codes and refresh tokens that stand for grants, in memory. Each is good for one use; who uses one twice may have
/// stolen it, so that is the end of all that came of the same code (RFC 6749, section 4.1.2; RFC 9700, section
/// 4.14.2).
final class Grants {

    private static final Duration CODE_LIFETIME = Duration.ofMinutes(1);
    private static final Duration REFRESH_LIFETIME = Duration.ofDays(30);

    private final Opaque opaque;
    private final Clock clock;
    private final Map<String, Code> codes = new Latest<>();
    private final Map<String, Refresh> refreshes = new Latest<>();

    Grants(RandomGenerator random, Clock clock) {
        this.opaque = new Opaque(random);
        this.clock = clock;
    }

    /// A grant, and what renews it.
    record Renewable(Grant grant, String refreshToken) {}

    private record Code(Grant grant, String redirectUri, String challenge, Instant until, boolean used) {}

    /// @param code the one that it all began with
    private record Refresh(Grant grant, String code, Instant until, boolean used) {}

    /// A code for a grant (RFC 6749, section 4.1.2), tied to the page that it is sent to and to the one who can
    /// answer the challenge (RFC 7636).
    synchronized String issueCode(Grant grant, RedirectUri redirectUri, String challenge) {
        String code = opaque.next();
        codes.put(
                code,
                new Code(
                        grant,
                        redirectUri.toString(),
                        challenge,
                        clock.instant().plus(CODE_LIFETIME),
                        false));
        return code;
    }

    /// What a code stands for.
    ///
    /// @throws OAuthError if it is none, was used, is too old, or was issued to others
    synchronized Renewable redeem(String code, String clientId, String redirectUri, String verifier) throws OAuthError {
        Code known = codes.get(code);
        if (known == null) {
            throw invalid("There is no such code, or the service was started anew: sign in again.");
        }
        if (known.used()) {
            revoke(code);
            throw invalid("The code was used before, so what it gave is worth nothing any more: sign in again.");
        }
        codes.put(code, new Code(known.grant(), known.redirectUri(), known.challenge(), known.until(), true));
        if (!clock.instant().isBefore(known.until())) {
            throw invalid("The code is older than a minute: sign in again.");
        }
        if (!known.grant().clientId().equals(clientId)) {
            throw invalid("The code was issued to another client_id.");
        }
        if (!known.redirectUri().equals(redirectUri)) {
            throw invalid("redirect_uri must be the one that the code was sent to, letter by letter.");
        }
        if (!MessageDigest.isEqual(
                known.challenge().getBytes(US_ASCII), challengeOf(verifier).getBytes(US_ASCII))) {
            throw invalid("code_verifier does not fit the code_challenge that the code was asked for with.");
        }
        return renewable(known.grant(), code);
    }

    /// What a refresh token stands for, with the one that takes its place.
    ///
    /// @param wanted what the new tokens are to be for; empty for all that was granted
    /// @throws OAuthError if it is none, was used, is too old, was issued to others, or is for less
    synchronized Renewable renew(String refreshToken, String clientId, Optional<Scopes> wanted) throws OAuthError {
        Refresh known = refreshes.get(refreshToken);
        if (known == null || !clock.instant().isBefore(known.until())) {
            throw invalid("There is no such refresh token, or its sign-in has ended: sign in again.");
        }
        if (!known.grant().clientId().equals(clientId)) {
            throw invalid("The refresh token was issued to another client_id.");
        }
        if (known.used()) {
            revoke(known.code());
            throw invalid("The refresh token was used before, so its successors are worth nothing any more: sign in"
                    + " again.");
        }
        Scopes granted = known.grant().scopes();
        // Before it is used up: who asks for too much may ask again.
        if (wanted.filter(it -> !granted.includes(it)).isPresent()) {
            throw new OAuthError("invalid_scope", "Only what was granted can be renewed: " + granted.text() + ".");
        }
        refreshes.put(refreshToken, new Refresh(known.grant(), known.code(), known.until(), true));
        return renewable(known.grant(), known.code());
    }

    /// Ends all grants of a sign-in. Access tokens are valid until they expire.
    synchronized void end(String sessionId) {
        codes.values().removeIf(code -> code.grant().sessionId().equals(sessionId));
        refreshes.values().removeIf(refresh -> refresh.grant().sessionId().equals(sessionId));
    }

    private Renewable renewable(Grant grant, String code) {
        String token = opaque.next();
        refreshes.put(token, new Refresh(grant, code, clock.instant().plus(REFRESH_LIFETIME), false));
        return new Renewable(grant, token);
    }

    private void revoke(String code) {
        refreshes.values().removeIf(refresh -> refresh.code().equals(code));
    }

    /// RFC 7636, section 4.6.
    private static String challengeOf(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("This JDK has no SHA-256.", impossible);
        }
    }

    private static OAuthError invalid(String description) {
        return new OAuthError("invalid_grant", description);
    }
}
