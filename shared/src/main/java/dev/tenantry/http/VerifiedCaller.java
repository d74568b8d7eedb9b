package dev.tenantry.http;

import dev.tenantry.identity.UserId;
import dev.tenantry.refusal.Refusal.UnusableIdentity;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.text.OneLine;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who asks, by the claims of the token that the gateway verified.
final class VerifiedCaller {

    /// As OpenID Connect has it for `sub` (Core 1.0 §2).
    private static final int LONGEST_ID = 255;

    private static final int LONGEST_NAME = 100;

    private VerifiedCaller() {}

    /// @param idClaim the claim that tells people apart
    /// @throws UnusableIdentity if the claims name nobody
    static Caller of(HttpEvent event, String idClaim) {
        Map<String, String> claims = event.claims();
        return new Caller(
                id(claims, idClaim),
                Optional.ofNullable(claims.get("email")).filter(email -> !email.isBlank()),
                "true".equals(claims.get("email_verified")),
                name(claims.get("given_name")),
                name(claims.get("family_name")),
                event.sourceIp(),
                event.requestId());
    }

    private static UserId id(Map<String, String> claims, String idClaim) {
        String name = claims.getOrDefault(idClaim, "");
        // Whoever has no name must not become the person of the empty one.
        if (name.isBlank() || name.length() > LONGEST_ID) {
            throw new UnusableIdentity(idClaim);
        }
        Optional<UserId> uuid = UserId.of(name).filter(UserId::isPerson);
        if (uuid.isPresent()) {
            return uuid.get();
        }
        String issuer = claims.getOrDefault("iss", "");
        if (issuer.isBlank()) {
            throw new UnusableIdentity("iss");
        }
        return UserId.named(issuer, name);
    }

    /// What people call themselves at the identity provider is not ours to refuse, and not ours to keep whatever
    /// its length.
    private static String name(@Nullable String claim) {
        return claim == null ? "" : OneLine.salvaged(claim, LONGEST_NAME);
    }
}
