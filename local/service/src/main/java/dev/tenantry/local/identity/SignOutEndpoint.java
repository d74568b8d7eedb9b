package dev.tenantry.local.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.tenantry.local.aws.http.Endpoint;
import dev.tenantry.local.aws.http.Request;
import dev.tenantry.local.aws.http.Response;
import dev.tenantry.local.identity.SignIns.SignIn;
import java.util.Map;
import java.util.Optional;

/// Forgets who has signed in (OpenID Connect RP-Initiated Logout 1.0).
final class SignOutEndpoint implements Endpoint {

    private final TokenIssuer tokens;
    private final SignIns signIns;
    private final Grants grants;
    private final Origins origins;

    SignOutEndpoint(TokenIssuer tokens, SignIns signIns, Grants grants, Origins origins) {
        this.tokens = tokens;
        this.signIns = signIns;
        this.grants = grants;
        this.origins = origins;
    }

    @Override
    public Response answer(Request request) {
        Parameters parameters = Parameters.of(request);
        Optional<SignIn> signIn = signIns.of(request);
        signIn.map(SignIn::id).ifPresent(this::end);
        // A form of another site comes without the cookie, and a token of last week still names its sign-in.
        parameters
                .get("id_token_hint")
                .flatMap(tokens::own)
                .map(SignOutEndpoint::sessionId)
                .ifPresent(this::end);
        return answer(parameters, signIn).with("set-cookie", signIns.noCookie());
    }

    private Response answer(Parameters parameters, Optional<SignIn> signIn) {
        Optional<String> wanted = parameters.get("post_logout_redirect_uri");
        if (wanted.isEmpty()) {
            return SignInPage.signedOut(Optional.empty(), "");
        }
        Optional<RedirectUri> back = wanted.flatMap(RedirectUri::parse);
        if (back.isEmpty()) {
            return SignInPage.signedOut(
                    Optional.empty(), "There is no way back: post_logout_redirect_uri " + RedirectUri.RULE + ".");
        }
        Response redirect = back.get()
                .redirect(
                        parameters
                                .get("state")
                                .map(state -> Map.of("state", state))
                                .orElse(Map.of()),
                        false);
        String origin = back.get().origin();
        boolean known =
                origins.isKnown(origin) || signIn.filter(it -> it.knows(origin)).isPresent();
        // Where the person has never been, they go by themselves, and see where.
        return known ? redirect : SignInPage.signedOut(redirect.headers().joined("location"), "");
    }

    private void end(String sessionId) {
        signIns.end(sessionId);
        grants.end(sessionId);
    }

    private static String sessionId(JWTClaimsSet claims) {
        return claims.getClaim("sid") instanceof String id ? id : "";
    }
}
