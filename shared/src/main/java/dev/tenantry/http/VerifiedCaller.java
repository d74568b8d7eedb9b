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

    private static final int LONGEST_NAME = 100;

    private VerifiedCaller() {}

    /// @throws UnusableIdentity if the claims name nobody
    static Caller of(HttpEvent event) {
        Map<String, String> claims = event.claims();
        UserId id = Optional.ofNullable(claims.get("sub"))
                .flatMap(UserId::of)
                .orElseThrow(() -> new UnusableIdentity("sub"));
        return new Caller(
                id,
                Optional.ofNullable(claims.get("email")).filter(email -> !email.isBlank()),
                "true".equals(claims.get("email_verified")),
                name(claims.get("given_name")),
                name(claims.get("family_name")),
                event.sourceIp(),
                event.requestId());
    }

    /// What people call themselves at the identity provider is not ours to refuse, and not ours to keep whatever
    /// its length.
    private static String name(@Nullable String claim) {
        return claim == null ? "" : OneLine.salvaged(claim, LONGEST_NAME);
    }
}
