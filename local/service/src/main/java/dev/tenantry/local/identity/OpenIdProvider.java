package dev.tenantry.local.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.gateway.KeySource;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.http.Request;
import dev.tenantry.local.aws.http.Response;
import dev.tenantry.local.aws.http.Site;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The identity provider of local mode. A portal signs people in as in production, by OpenID Connect Core 1.0 with an
/// authorization code and PKCE; whoever has no browser at hand asks `POST /_local/token`.
public final class OpenIdProvider implements IdentityProvider {

    private final SigningKey key;
    private final String issuer;
    private final TokenIssuer tokens;
    private final AuthorizeEndpoint authorize;
    private final TokenEndpoint token;
    private final UserInfoEndpoint userInfo;
    private final SignOutEndpoint signOut;
    private final CrossOrigin crossOrigin;

    /// @param issuer        the `iss` of its tokens, and the URL below which everything of it is
    /// @param audience      the `aud` of its tokens
    /// @param userIdClaim   the claim that tells people apart: what is in `sub` is in this one, too
    /// @param portalOrigins whose browser code may ask for tokens
    /// @param people        those whom the sign-in page offers
    public OpenIdProvider(
            SigningKey key,
            String issuer,
            String audience,
            String userIdClaim,
            List<String> portalOrigins,
            List<Person> people,
            Clock clock) {
        RandomGenerator random = new SecureRandom();
        Origins origins = new Origins(issuer, portalOrigins);
        SignIns signIns = new SignIns(issuer, random, clock);
        Grants grants = new Grants(random, clock);
        this.key = key;
        this.issuer = issuer;
        this.tokens = new TokenIssuer(key, issuer, audience, userIdClaim, clock);
        this.authorize = new AuthorizeEndpoint(issuer, signIns, grants, origins, new SignInPage(issuer, people), clock);
        this.token = new TokenEndpoint(grants, tokens);
        this.userInfo = new UserInfoEndpoint(tokens);
        this.signOut = new SignOutEndpoint(tokens, signIns, grants, origins);
        this.crossOrigin = new CrossOrigin(origins);
    }

    /// Whether its tokens can tell people apart by a claim, which then says nothing else.
    public static boolean canTellPeopleApartBy(String claim) {
        return TokenIssuer.canTellPeopleApart(claim);
    }

    @Override
    public KeySource keys() {
        return keyId -> Optional.ofNullable(key.published().getKeyByKeyId(keyId));
    }

    @Override
    public Site.Plan on(Site.Plan plan) {
        plan.get(Paths.AUTHORIZE, authorize)
                .post(Paths.AUTHORIZE, authorize)
                .get(Paths.SIGN_OUT, signOut)
                .post(Paths.SIGN_OUT, signOut)
                .get(Paths.METADATA, crossOrigin.around(this::metadata))
                .get(Paths.KEYS, crossOrigin.around(this::publishedKeys))
                .post(Paths.TOKEN, crossOrigin.around(token))
                .get(Paths.USER_INFO, crossOrigin.around(userInfo))
                .post(Paths.USER_INFO, crossOrigin.around(userInfo))
                .post("/_local/token", tokens::token);
        List.of(Paths.METADATA, Paths.KEYS, Paths.TOKEN, Paths.USER_INFO)
                .forEach(path -> plan.options(path, crossOrigin::preflight));
        return plan;
    }

    /// OpenID Connect Discovery 1.0, section 3; RFC 8414, section 2; RFC 9207, section 3.
    private Response metadata(Request request) {
        ObjectNode metadata = Json.object()
                .put("issuer", issuer)
                .put("authorization_endpoint", issuer + Paths.AUTHORIZE)
                .put("token_endpoint", issuer + Paths.TOKEN)
                .put("userinfo_endpoint", issuer + Paths.USER_INFO)
                .put("jwks_uri", issuer + Paths.KEYS)
                .put("end_session_endpoint", issuer + Paths.SIGN_OUT)
                .put("authorization_response_iss_parameter_supported", true)
                .put("claims_parameter_supported", false)
                .put("request_parameter_supported", false)
                .put("request_uri_parameter_supported", false);
        list(metadata, "scopes_supported", Scopes.SUPPORTED);
        list(metadata, "response_types_supported", List.of("code"));
        list(metadata, "response_modes_supported", List.of("query", "fragment"));
        list(metadata, "grant_types_supported", List.of("authorization_code", "refresh_token"));
        list(metadata, "code_challenge_methods_supported", List.of("S256"));
        list(metadata, "token_endpoint_auth_methods_supported", List.of("none"));
        list(metadata, "subject_types_supported", List.of("public"));
        list(metadata, "id_token_signing_alg_values_supported", List.of("RS256"));
        list(metadata, "prompt_values_supported", List.of("none", "login", "select_account", "consent"));
        list(
                metadata,
                "claims_supported",
                List.of("sub", "email", "email_verified", "name", "given_name", "family_name", "auth_time", "nonce"));
        return Response.json(200, Json.text(metadata));
    }

    /// RFC 7517, section 5.
    private Response publishedKeys(Request request) {
        return Response.json(200, key.published().toString());
    }

    private static void list(ObjectNode metadata, String name, List<String> values) {
        values.forEach(metadata.putArray(name)::add);
    }
}
