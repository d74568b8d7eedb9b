package dev.tenantry.local.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.tenantry.local.aws.http.Body;
import dev.tenantry.local.aws.http.Fields;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.http.Request;
import dev.tenantry.local.aws.http.Response;
import dev.tenantry.local.aws.http.Site;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenIdProviderTest {

    private static final String ISSUER = "http://127.0.0.1:8080";
    private static final String PORTAL = "http://localhost:3000";
    private static final String CALLBACK = PORTAL + "/callback?from=tenantry";

    /// RFC 7636, appendix B.
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final InstantSource time = () -> now;
    private final Site site = new OpenIdProvider(
                    SigningKey.generate(),
                    ISSUER,
                    "tenantry-local",
                    "custom:id",
                    List.of(PORTAL),
                    List.of(Person.of("admin@demo.example")),
                    clock())
            .on(Site.plan())
            .otherwise(request -> Response.of(404));
    private String cookie = "";

    @Test
    void givesTokensForACode() {
        JsonNode tokens = tokens(signIn(Map.of("nonce", "n-1")));
        JWTClaimsSet id = claims(tokens.path("id_token").asText());
        assertThat(id.getIssuer()).isEqualTo(ISSUER);
        assertThat(id.getAudience()).isEqualTo(List.of("portal", "tenantry-local"));
        assertThat(id.getSubject()).isEqualTo(Person.of("ada@example.com").sub());
        assertThat(id.getExpirationTime()).isEqualTo(Date.from(now.plusSeconds(3600)));
        assertThat(id.getClaims())
                .containsEntry("nonce", "n-1")
                .containsEntry("azp", "portal")
                .containsEntry("auth_time", now.getEpochSecond())
                .containsEntry("email", "ada@example.com")
                .containsEntry("email_verified", true)
                .containsEntry("given_name", "Ada")
                .containsEntry("custom:id", id.getSubject());
        JWTClaimsSet access = claims(tokens.path("access_token").asText());
        assertThat(access.getAudience()).isEqualTo(List.of("tenantry-local"));
        assertThat(access.getClaims())
                .containsEntry("client_id", "portal")
                .containsEntry("scope", "openid profile email")
                .containsEntry("email", "ada@example.com")
                .containsEntry("custom:id", id.getSubject());
        assertThat(tokens.path("token_type").asText()).isEqualTo("Bearer");
        assertThat(tokens.path("expires_in").asInt()).isEqualTo(3600);
        assertThat(tokens.path("scope").asText()).isEqualTo("openid profile email");
    }

    @Test
    void saysOnlyWhatTheScopesAllow() {
        JsonNode tokens = tokens(signIn(Map.of("scope", "openid api/read")));
        assertThat(claims(tokens.path("id_token").asText()).getClaims()).doesNotContainKeys("email", "given_name");
        assertThat(tokens.path("scope").asText()).isEqualTo("openid");
        assertThat(tokens(signIn(Map.of("scope", "email"))).has("id_token")).isFalse();
        JsonNode byDefault = tokens(signIn(Map.of("scope", "")));
        assertThat(claims(byDefault.path("id_token").asText()).getClaims()).containsKeys("email", "given_name");
    }

    @Test
    void bringsBackStateAndIssuerBesideTheClientsOwnQuery() {
        URI back = location(signIn(Map.of("state", "a b&c=d")));
        assertThat(back.toString()).startsWith(CALLBACK + "&code=");
        assertThat(query(back)).containsEntry("state", "a b&c=d").containsEntry("iss", ISSUER);
    }

    @Test
    void answersInTheFragmentIfAskedTo() {
        URI back = location(signIn(Map.of("response_mode", "fragment")));
        assertThat(back.toString()).startsWith(CALLBACK + "#code=");
    }

    @Test
    void takesACodeOnce() {
        String code = code(signIn(Map.of()));
        JsonNode first = exchange(code, Map.of());
        assertError(exchange(code, Map.of()), "invalid_grant", "was used before");
        // Whoever used it first may have stolen it.
        assertError(refresh(first.path("refresh_token").asText(), Map.of()), "invalid_grant", "sign-in has ended");
    }

    @Test
    void takesACodeForAMinute() {
        String code = code(signIn(Map.of()));
        now = now.plusSeconds(59);
        assertThat(exchange(code, Map.of()).has("access_token")).isTrue();
        String late = code(signIn(Map.of()));
        now = now.plusSeconds(60);
        assertError(exchange(late, Map.of()), "invalid_grant", "older than a minute");
    }

    @ParameterizedTest
    @CsvSource({
        "client_id, another, issued to another client_id",
        "redirect_uri, http://localhost:3000/callback, letter by letter",
        "code_verifier, dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXx, does not fit",
        "code, made-up, There is no such code",
    })
    void takesACodeFromThoseAloneThatItWasIssuedTo(String name, String value, String reason) {
        String code = code(signIn(Map.of()));
        assertError(exchange(code, Map.of(name, value)), "invalid_grant", reason);
    }

    @Test
    void namesAllThatATokenRequestLacks() {
        JsonNode error = token(Map.of("grant_type", "authorization_code"));
        assertError(error, "invalid_request", "code is missing. client_id is missing. redirect_uri is missing.");
        assertError(exchange("x", Map.of("code_verifier", "short")), "invalid_request", "43 to 128");
        assertError(token(Map.of("grant_type", "password")), "unsupported_grant_type", "authorization_code");
        assertError(token(Map.of()), "invalid_request", "grant_type is missing");
        assertError(token(Map.of("grant_type", "refresh_token")), "invalid_request", "refresh_token is missing");
    }

    @Test
    void wantsAForm() {
        Response answer = site.answer(request(
                "POST", "/token", "", Body.of("grant_type=refresh_token"), Map.of("content-type", "text/plain")));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().text()).contains("application/x-www-form-urlencoded");
    }

    @Test
    void renewsTokensAndTheRefreshTokenWithThem() {
        JsonNode first = tokens(signIn(Map.of("nonce", "n-1")));
        now = now.plusSeconds(7200);
        JsonNode second = refresh(first.path("refresh_token").asText(), Map.of());
        JWTClaimsSet id = claims(second.path("id_token").asText());
        assertThat(id.getExpirationTime()).isEqualTo(Date.from(now.plusSeconds(3600)));
        assertThat(id.getClaims())
                .doesNotContainKey("nonce")
                .containsEntry("auth_time", now.minusSeconds(7200).getEpochSecond());
        assertThat(refresh(second.path("refresh_token").asText(), Map.of()).has("access_token"))
                .isTrue();
    }

    @Test
    void endsAllRefreshTokensOfACodeWhenOneIsUsedTwice() {
        JsonNode first = tokens(signIn(Map.of()));
        JsonNode second = refresh(first.path("refresh_token").asText(), Map.of());
        assertError(refresh(first.path("refresh_token").asText(), Map.of()), "invalid_grant", "was used before");
        assertError(refresh(second.path("refresh_token").asText(), Map.of()), "invalid_grant", "sign-in has ended");
    }

    @Test
    void renewsForTheSameClientTheSameScopesAtMost() {
        String token = tokens(signIn(Map.of("scope", "openid email")))
                .path("refresh_token")
                .asText();
        assertError(refresh(token, Map.of("client_id", "another")), "invalid_grant", "another client_id");
        JsonNode narrower = refresh(token, Map.of("scope", "openid"));
        assertThat(claims(narrower.path("access_token").asText()).getClaims()).doesNotContainKey("email");
        String next = narrower.path("refresh_token").asText();
        assertError(refresh(next, Map.of("scope", "openid profile")), "invalid_scope", "openid email");
        // It is not used up by that.
        assertThat(refresh(next, Map.of()).has("access_token")).isTrue();
    }

    @Test
    void forgetsARefreshTokenAfterThirtyDays() {
        JsonNode tokens = tokens(signIn(Map.of()));
        now = now.plusSeconds(30 * 86400);
        assertError(refresh(tokens.path("refresh_token").asText(), Map.of()), "invalid_grant", "sign-in has ended");
    }

    @Test
    void offersTheDemoPeopleAndShowsWhoAsks() {
        Response page = authorize(Map.of("client_id", "<b>&\"", "login_hint", "eve@\"><script>"));
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body().text())
                .contains("value=\"admin@demo.example\"")
                .contains("<strong>&lt;b&gt;&amp;&quot;</strong>")
                .contains("value=\"eve@&quot;&gt;&lt;script&gt;\"")
                .contains("<p class=\"address\">" + CALLBACK + "</p>")
                .doesNotContain("<script");
        assertThat(page.headers().joined("content-security-policy").orElseThrow())
                .contains("default-src 'none'")
                .contains("frame-ancestors 'none'");
        assertThat(page.headers().joined("cache-control")).contains("no-store");
    }

    @Test
    void offersAWayBack() {
        String page = authorize(Map.of("state", "s")).body().text();
        assertThat(page)
                .contains("<a href=\"" + CALLBACK + "&amp;error=access_denied&amp;")
                .contains("&amp;state=s&amp;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nobody", "a b@example.com"})
    void asksAgainForWhatIsNoAddress(String email) {
        Response page = post("/authorize", with(Map.of("email", email)), Map.of());
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.body().text()).contains("role=\"alert\"").contains("Enter an e-mail address");
        assertThat(page.headers().joined("set-cookie")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "response_type | '' | invalid_request | response_type is missing",
                "response_type | token | unsupported_response_type | must be code",
                "response_mode | form_post | invalid_request | query or fragment",
                "code_challenge | '' | invalid_request | PKCE is required",
                "code_challenge | short | invalid_request | 43 characters",
                "code_challenge_method | plain | invalid_request | must be S256",
                "code_challenge_method | '' | invalid_request | must be S256",
                "prompt | none login | invalid_request | not both",
                "max_age | soon | invalid_request | number of seconds",
                "request | x | request_not_supported | themselves",
                "request_uri | x | request_uri_not_supported | themselves",
            })
    void tellsAClientWhatIsWrong(String name, String value, String error, String description) {
        Map<String, String> answer = query(location(authorize(Map.of(name, value, "state", "s"))));
        assertThat(answer)
                .containsEntry("error", error)
                .containsEntry("state", "s")
                .containsEntry("iss", ISSUER);
        assertThat(answer.get("error_description")).contains(description);
    }

    @Test
    void tellsAClientOfAllFaultsAtOnce() {
        Map<String, String> changes = Map.of("code_challenge", "", "code_challenge_method", "", "max_age", "-1");
        assertThat(query(location(authorize(changes))).get("error_description"))
                .contains("code_challenge is missing")
                .contains("must be S256")
                .contains("max_age");
    }

    @Test
    void tellsAClientOfAParameterThatIsThereTwice() {
        Response answer = site.answer(request(
                "GET", "/authorize", form(with(Map.of())) + "&scope=openid&nonce=1&nonce=2", Body.none(), Map.of()));
        assertThat(query(location(answer)).get("error_description"))
                .isEqualTo("scope is there twice; send it once. nonce is there twice; send it once.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/callback",
                "localhost:3000",
                "javascript:alert(1)",
                "portal.app:/callback",
                "ftp://localhost/callback",
                "http://localhost:3000/#x",
                "http://ada@localhost:3000/",
                "http:///callback",
                "http://localhost:3000/ä",
                "http://localhost:70000/",
                "http://localhost:3000/\r\nx: y",
            })
    void redirectsToPagesOnly(String redirectUri) {
        Response page = authorize(Map.of("redirect_uri", redirectUri));
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.headers().joined("location")).isEmpty();
        assertThat(page.body().text()).contains("redirect_uri must be a URL");
    }

    @ParameterizedTest
    @CsvSource({"client_id, another", "redirect_uri, http://localhost:3000/another"})
    void goesNowhereWhereItIsSentTwice(String name, String another) {
        String query = form(with(Map.of())) + "&" + form(Map.of(name, another));
        Response page = site.answer(request("GET", "/authorize", query, Body.none(), Map.of()));
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.headers().joined("location")).isEmpty();
        assertThat(page.body().text()).contains(name + " is there twice");
    }

    @Test
    void saysAllThatHindersAnyAnswer() {
        String page = site.answer(request("GET", "/authorize", "client_id=%zz", Body.none(), Map.of()))
                .body()
                .text();
        assertThat(page).contains("client_id is missing").contains("redirect_uri must be a URL");
    }

    @Test
    void remembersAPersonForThePortals() {
        assertThat(query(location(authorize(Map.of("prompt", "none"))))).containsEntry("error", "login_required");
        remember(signIn(Map.of()));
        now = now.plusSeconds(60);
        JsonNode silent = tokens(authorize(Map.of("prompt", "none")));
        assertThat(claims(silent.path("id_token").asText()).getClaims())
                .containsEntry("email", "ada@example.com")
                .containsEntry("auth_time", now.minusSeconds(60).getEpochSecond());
        assertThat(authorize(Map.of()).status()).isEqualTo(303);
    }

    @ParameterizedTest
    @ValueSource(strings = {"login", "select_account", "consent", "login consent"})
    void asksSomebodyWhoIsRememberedIfAskedTo(String prompt) {
        remember(signIn(Map.of()));
        assertThat(authorize(Map.of("prompt", prompt)).status()).isEqualTo(200);
    }

    @Test
    void asksAgainWhenTheSignInIsOlderThanTheClientWants() {
        remember(signIn(Map.of()));
        now = now.plusSeconds(59);
        assertThat(authorize(Map.of("max_age", "60")).status()).isEqualTo(303);
        now = now.plusSeconds(1);
        assertThat(authorize(Map.of("max_age", "60")).status()).isEqualTo(200);
        assertThat(query(location(authorize(Map.of("max_age", "60", "prompt", "none")))))
                .containsEntry("error", "login_required");
    }

    @Test
    void tellsNobodyWhomThePersonHasNotSeen() {
        Map<String, String> stranger = Map.of("redirect_uri", "https://stranger.example/x");
        Map<String, String> silent = Map.of("redirect_uri", "https://stranger.example/x", "prompt", "none");
        URI toNobody = location(authorize(silent));
        remember(signIn(Map.of()));
        assertThat(authorize(stranger).status()).isEqualTo(200);
        assertThat(location(authorize(silent)))
                .as("a stranger does not learn whether somebody is signed in")
                .isEqualTo(toNobody);
        assertThat(query(toNobody)).containsEntry("error", "interaction_required");
        remember(signIn(stranger));
        assertThat(query(location(authorize(silent)))).containsKey("code");
        // Neither another client there, nor the same one elsewhere.
        assertThat(query(location(authorize(with(silent, "client_id", "another")))))
                .containsEntry("error", "interaction_required");
        assertThat(query(location(authorize(with(silent, "redirect_uri", "https://other.example/x")))))
                .containsEntry("error", "interaction_required");
    }

    @ParameterizedTest
    @CsvSource({"response_type, token", "code_challenge, ''", "request, x", "max_age, soon", "prompt, none login"})
    void leadsNowhereUnseenForAFault(String name, String value) {
        Map<String, String> stranger = Map.of("redirect_uri", "https://stranger.example/x?a=1", name, value);
        Response page = authorize(stranger);
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.headers().joined("location")).isEmpty();
        assertThat(page.body().text())
                .contains("<a href=\"https://stranger.example/x?a=1&amp;error=")
                .contains("Go back to https://stranger.example</a>");
        remember(signIn(Map.of()));
        assertThat(authorize(stranger)).usingRecursiveComparison().isEqualTo(page);
        remember(signIn(Map.of("redirect_uri", "https://stranger.example/x")));
        assertThat(query(location(authorize(stranger)))).containsKey("error");
    }

    @Test
    void keepsItsCookieFromScriptsAndOtherSites() {
        assertThat(signIn(Map.of()).headers().joined("set-cookie").orElseThrow())
                .startsWith("tenantry_sign_in_8080=")
                .endsWith("; Path=/; HttpOnly; SameSite=Lax");
    }

    @Test
    void takesNoFormOfAnotherSite() {
        Map<String, String> form = with(Map.of("email", "ada@example.com"));
        assertThat(post("/authorize", form, Map.of("origin", "https://evil.example"))
                        .status())
                .isEqualTo(400);
        assertThat(post("/authorize", form, Map.of("origin", "null")).status()).isEqualTo(400);
        assertThat(post("/authorize", form, Map.of("origin", ISSUER)).status()).isEqualTo(303);
        assertThat(post("/authorize", form, Map.of("origin", "http://localhost:8080"))
                        .status())
                .isEqualTo(303);
    }

    @Test
    void signsOutForGood() {
        Response signedIn = signIn(Map.of());
        remember(signedIn);
        JsonNode tokens = tokens(signedIn);
        Response answer = get("/signout", Map.of("post_logout_redirect_uri", PORTAL + "/bye", "state", "s"));
        assertThat(location(answer)).hasToString(PORTAL + "/bye?state=s");
        assertThat(answer.headers().joined("set-cookie").orElseThrow()).contains("Max-Age=0");
        assertThat(query(location(authorize(Map.of("prompt", "none"))))).containsEntry("error", "login_required");
        assertError(refresh(tokens.path("refresh_token").asText(), Map.of()), "invalid_grant", "sign-in has ended");
    }

    @Test
    void signsOutByAnIdTokenWithoutTheCookie() {
        Response signedIn = signIn(Map.of());
        JsonNode tokens = tokens(signedIn);
        now = now.plusSeconds(86400);
        post("/signout", Map.of("id_token_hint", tokens.path("id_token").asText()), Map.of());
        remember(signedIn);
        assertThat(query(location(authorize(Map.of("prompt", "none"))))).containsEntry("error", "login_required");
        assertError(refresh(tokens.path("refresh_token").asText(), Map.of()), "invalid_grant", "sign-in has ended");
    }

    @Test
    void signsNobodyOutByATokenOfSomebodyElse() {
        Response signedIn = signIn(Map.of());
        JWTClaimsSet claims = claims(tokens(signedIn).path("id_token").asText());
        post("/signout", Map.of("id_token_hint", SigningKey.generate().sign(claims)), Map.of());
        remember(signedIn);
        assertThat(query(location(authorize(Map.of("prompt", "none"))))).containsKey("code");
    }

    @Test
    void leadsNowhereUnseenAfterASignOut() {
        Response page = get("/signout", Map.of("post_logout_redirect_uri", "https://stranger.example/?a=1&b=2"));
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body().text()).contains("href=\"https://stranger.example/?a=1&amp;b=2\"");
        Response nowhere = get("/signout", Map.of("post_logout_redirect_uri", "javascript:alert(1)"));
        assertThat(nowhere.body().text())
                .contains("post_logout_redirect_uri must be a URL")
                .doesNotContain("javascript:");
    }

    @Test
    void saysOfWhomATokenIs() {
        JsonNode tokens = tokens(signIn(Map.of("scope", "openid email")));
        String bearer = "Bearer " + tokens.path("access_token").asText();
        Response said = get("/userinfo", Map.of(), Map.of("authorization", bearer));
        assertThat(said.body().text())
                .isEqualTo("{\"sub\":\"" + Person.of("ada@example.com").sub()
                        + "\",\"email\":\"ada@example.com\",\"email_verified\":true}");
        now = now.plusSeconds(3600);
        Response late = get("/userinfo", Map.of(), Map.of("authorization", bearer));
        assertThat(late.status()).isEqualTo(401);
        assertThat(late.headers().joined("www-authenticate")).contains("Bearer error=\"invalid_token\"");
        assertThat(get("/userinfo", Map.of()).headers().joined("www-authenticate"))
                .contains("Bearer");
    }

    @Test
    void publishesWhereEverythingIsAndNoPrivateKey() {
        JsonNode metadata = json(get("/.well-known/openid-configuration", Map.of()));
        assertThat(metadata.path("issuer").asText()).isEqualTo(ISSUER);
        for (String endpoint : List.of("authorization", "token", "userinfo", "end_session")) {
            String path = metadata.path(endpoint + "_endpoint").asText().substring(ISSUER.length());
            assertThat(site.answer(request("PUT", path, "", Body.none(), Map.of()))
                            .status())
                    .as(endpoint)
                    .isEqualTo(405);
        }
        JsonNode key = json(get(metadata.path("jwks_uri").asText().substring(ISSUER.length()), Map.of()))
                .path("keys")
                .path(0);
        assertThat(key.path("kty").asText()).isEqualTo("RSA");
        assertThat(key.has("d") || key.has("p")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/.well-known/openid-configuration", "/jwks", "/userinfo"})
    void letsPortalsRead(String path) {
        assertThat(allowed(get(path, Map.of(), Map.of("origin", PORTAL)))).isEqualTo(PORTAL);
        assertThat(allowed(get(path, Map.of(), Map.of("origin", "http://localhost:8080"))))
                .isEqualTo("http://localhost:8080");
        assertThat(allowed(get(path, Map.of(), Map.of("origin", "https://stranger.example"))))
                .isEmpty();
    }

    @Test
    void letsPortalsAskForTokens() {
        assertThat(allowed(post("/token", Map.of(), Map.of("origin", PORTAL)))).isEqualTo(PORTAL);
        assertThat(allowed(post("/token", Map.of(), Map.of("origin", "https://stranger.example"))))
                .isEmpty();
        Response preflight = site.answer(request("OPTIONS", "/token", "", Body.none(), Map.of("origin", PORTAL)));
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(allowed(preflight)).isEqualTo(PORTAL);
        assertThat(preflight.headers().joined("access-control-allow-headers").orElseThrow())
                .contains("authorization");
        assertThat(allowed(site.answer(
                        request("OPTIONS", "/token", "", Body.none(), Map.of("origin", "https://stranger.example")))))
                .isEmpty();
    }

    private static String allowed(Response answer) {
        return answer.headers().joined("access-control-allow-origin").orElse("");
    }

    /// A person fills in the form.
    private Response signIn(Map<String, String> changes) {
        Response answer = post("/authorize", with(changes, "email", "ada@example.com"), Map.of());
        assertThat(answer.status()).as(answer.body().text()).isEqualTo(303);
        return answer;
    }

    private void remember(Response answer) {
        cookie = answer.headers().joined("set-cookie").orElseThrow().split(";", 2)[0];
    }

    private Response authorize(Map<String, String> changes) {
        return get("/authorize", with(changes));
    }

    private JsonNode tokens(Response answer) {
        JsonNode tokens = exchange(code(answer), Map.of());
        assertThat(tokens.has("access_token")).as(tokens.toString()).isTrue();
        return tokens;
    }

    private static String code(Response answer) {
        return query(location(answer)).getOrDefault("code", "");
    }

    private JsonNode exchange(String code, Map<String, String> changes) {
        Map<String, String> form = new LinkedHashMap<>(Map.of(
                "grant_type", "authorization_code",
                "code", code,
                "client_id", "portal",
                "redirect_uri", CALLBACK,
                "code_verifier", VERIFIER));
        form.putAll(changes);
        return token(form);
    }

    private JsonNode refresh(String token, Map<String, String> changes) {
        Map<String, String> form = new LinkedHashMap<>(
                Map.of("grant_type", "refresh_token", "refresh_token", token, "client_id", "portal"));
        form.putAll(changes);
        return token(form);
    }

    private JsonNode token(Map<String, String> form) {
        Response answer = post("/token", form, Map.of());
        assertThat(answer.headers().joined("cache-control")).contains("no-store");
        assertThat(answer.status()).isEqualTo(json(answer).has("error") ? 400 : 200);
        return json(answer);
    }

    private static void assertError(JsonNode answer, String error, String description) {
        assertThat(answer.path("error").asText()).as(answer.toString()).isEqualTo(error);
        assertThat(answer.path("error_description").asText()).contains(description);
    }

    private static Map<String, String> with(Map<String, String> changes) {
        Map<String, String> parameters = new HashMap<>(Map.of(
                "client_id", "portal",
                "redirect_uri", CALLBACK,
                "response_type", "code",
                "scope", "openid profile email",
                "code_challenge", CHALLENGE,
                "code_challenge_method", "S256"));
        parameters.putAll(changes);
        return parameters;
    }

    private static Map<String, String> with(Map<String, String> changes, String name, String value) {
        Map<String, String> more = new HashMap<>(changes);
        more.put(name, value);
        return with(more);
    }

    private Response get(String path, Map<String, String> parameters) {
        return get(path, parameters, Map.of());
    }

    private Response get(String path, Map<String, String> parameters, Map<String, String> headers) {
        return site.answer(request("GET", path, form(parameters), Body.none(), headers));
    }

    private Response post(String path, Map<String, String> form, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("content-type", "application/x-www-form-urlencoded");
        return site.answer(request("POST", path, "", Body.of(form(form)), all));
    }

    private Request request(String method, String path, String query, Body body, Map<String, String> headers) {
        Fields fields = Fields.none();
        for (Map.Entry<String, String> header : headers.entrySet()) {
            fields = fields.and(header.getKey(), header.getValue());
        }
        if (!cookie.isEmpty()) {
            fields = fields.and("cookie", "other=1; " + cookie);
        }
        return new Request(method, "HTTP/1.1", path, query, fields, body, "127.0.0.1", 8080);
    }

    private static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static URI location(Response answer) {
        assertThat(answer.status()).as(answer.body().text()).isEqualTo(303);
        return URI.create(answer.headers().joined("location").orElseThrow());
    }

    private static Map<String, String> query(URI uri) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : uri.getRawQuery().split("&")) {
            String[] parts = pair.split("=", 2);
            parameters.put(parts[0], URLDecoder.decode(parts[1], UTF_8));
        }
        return parameters;
    }

    private static JsonNode json(Response answer) {
        return Json.parse(answer.body().text()).orElseThrow();
    }

    private static JWTClaimsSet claims(String token) {
        try {
            return SignedJWT.parse(token).getJWTClaimsSet();
        } catch (ParseException malformed) {
            throw new AssertionError(malformed);
        }
    }

    private Clock clock() {
        return time.withZone(ZoneOffset.UTC);
    }
}
