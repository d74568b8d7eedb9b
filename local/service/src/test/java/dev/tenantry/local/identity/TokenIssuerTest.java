package dev.tenantry.local.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.tenantry.local.aws.http.Body;
import dev.tenantry.local.aws.http.Fields;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.http.Request;
import dev.tenantry.local.aws.http.Response;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenIssuerTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final TokenIssuer issuer = new TokenIssuer(
            SigningKey.generate(), "http://127.0.0.1:1/issuer", "tenantry", "oid", Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void issuesAnIdTokenForAnEmailAlone() throws ParseException {
        JsonNode answer = Json.parse(
                        ask("{\"email\":\"ada.lovelace@example.com\"}").body().text())
                .orElseThrow();
        assertThat(answer.path("token_type").asText()).isEqualTo("Bearer");
        assertThat(answer.path("expires_in").asInt()).isEqualTo(3600);
        JWTClaimsSet claims =
                SignedJWT.parse(answer.path("access_token").asText()).getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo("http://127.0.0.1:1/issuer");
        assertThat(claims.getAudience()).isEqualTo(List.of("tenantry"));
        assertThat(claims.getIssueTime()).isEqualTo(Date.from(NOW));
        assertThat(claims.getExpirationTime()).isEqualTo(Date.from(NOW.plusSeconds(3600)));
        assertThat(claims.getClaims())
                .containsEntry("token_use", "id")
                .containsEntry("email", "ada.lovelace@example.com")
                .containsEntry("email_verified", true)
                .containsEntry("given_name", "Ada")
                .containsEntry("family_name", "Lovelace");
    }

    @Test
    void knowsAPersonAgainByTheEmailWhateverItsCase() throws ParseException {
        assertThat(claims("{\"email\":\"Ada@Example.com\"}").getSubject())
                .isEqualTo(claims("{\"email\":\"ada@example.com\"}").getSubject())
                .isEqualTo("3e3417d7-ef77-3593-aa67-34b916515ed5")
                .isNotEqualTo(claims("{\"email\":\"eve@example.com\"}").getSubject());
    }

    @Test
    void takesWhatIsGiven() throws ParseException {
        JWTClaimsSet claims = claims("""
                {"email": "a@b.c", "givenName": "Grace", "familyName": "Hopper", "emailVerified": false,
                 "sub": "00000000-0000-4000-8000-0000000000AB", "expiresInSeconds": -60}
                """);
        assertThat(claims.getSubject()).isEqualTo("00000000-0000-4000-8000-0000000000AB");
        assertThat(claims.getExpirationTime()).isEqualTo(Date.from(NOW.minusSeconds(60)));
        assertThat(claims.getClaims())
                .containsEntry("given_name", "Grace")
                .containsEntry("family_name", "Hopper")
                .containsEntry("email_verified", false);
    }

    @Test
    void saysWhoSomebodyIsInTheClaimThatTellsPeopleApart() throws ParseException {
        assertThat(claims("{\"email\":\"ada@example.com\"}").getClaim("oid"))
                .isEqualTo(Person.of("ada@example.com").sub());
        JWTClaimsSet given = claims("{\"email\":\"ada@example.com\",\"sub\":\"auth0|7\"}");
        assertThat(given.getClaim("oid")).isEqualTo("auth0|7");
        assertThat(given.getSubject()).isEqualTo("auth0|7");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | /email | Must be an e-mail address.",
                "{\"email\":\"nobody\"} | /email | Must be an e-mail address.",
                "{\"email\":7} | /email | Must be an e-mail address.",
                "{\"email\":\"a@b.c\",\"sub\":\" \"} | /sub | Must have 1 to 255 characters; leave it out to have a UUID derived from the e-mail address.",
                "{\"email\":\"a@b.c\",\"givenName\":7} | /givenName | Must be a string.",
                "{\"email\":\"a@b.c\",\"emailVerified\":\"yes\"} | /emailVerified | Must be true or false.",
                "{\"email\":\"a@b.c\",\"expiresInSeconds\":1.5} | /expiresInSeconds | Must be a whole number of seconds, at most ten years; use a negative one for an expired token.",
                "{\"email\":\"a@b.c\",\"mail\":1} | /mail | Is not a known field; use email, givenName, familyName, sub, emailVerified, expiresInSeconds.",
                "[] | `` | The body must be a JSON object such as {\"email\":\"ada@example.com\"}.",
                "no | `` | The body must be a JSON object such as {\"email\":\"ada@example.com\"}.",
            })
    void saysWhatToDoAboutAFault(String body, String pointer, String message) {
        Response answer = ask(body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.headers().joined("content-type")).contains("application/problem+json");
        JsonNode error =
                Json.parse(answer.body().text()).orElseThrow().path("errors").path(0);
        assertThat(error.path("pointer").asText()).isEqualTo(pointer);
        assertThat(error.path("message").asText()).isEqualTo(message);
    }

    @Test
    void namesAllFaultsAtOnce() {
        JsonNode problem = Json.parse(ask("{\"sub\":\"\"}").body().text()).orElseThrow();
        assertThat(problem.path("errors").findValuesAsText("pointer")).isEqualTo(List.of("/email", "/sub"));
    }

    private JWTClaimsSet claims(String body) throws ParseException {
        JsonNode answer = Json.parse(ask(body).body().text()).orElseThrow();
        return SignedJWT.parse(answer.path("access_token").asText()).getJWTClaimsSet();
    }

    private Response ask(String body) {
        return issuer.token(request(body));
    }

    private static Request request(String body) {
        return new Request("POST", "HTTP/1.1", "/_local/token", "", Fields.none(), Body.of(body), "127.0.0.1", 8080);
    }
}
