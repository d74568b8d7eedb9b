package dev.tenantry.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.local.aws.CannotStart;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.template.JwtDefinition;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A service that takes the tokens of another one (`JWT_ISSUER`).
class SecondIssuerTest {

    private static final Service ISSUER = new Service(Optional.empty());
    private static final Service SERVICE = new Service(trusting("tenantry-local"));

    @AfterAll
    static void stop() {
        SERVICE.close();
        ISSUER.close();
    }

    @Test
    void takesTheTokensOfTheOtherIssuer() {
        HttpResponse<String> answer = guarded(SERVICE, ISSUER.token(Map.of("email", "ada@example.com")));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Json.parse(answer.body())
                        .orElseThrow()
                        .at("/requestContext/authorizer/jwt/claims/iss")
                        .asText())
                .isEqualTo(ISSUER.uri().toString());
    }

    @Test
    void takesNoTokenForAnotherAudience() {
        try (Service service = new Service(trusting("another"))) {
            HttpResponse<String> answer = guarded(service, ISSUER.token(Map.of("email", "ada@example.com")));
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("www-authenticate").orElseThrow())
                    .contains("valid audience");
        }
    }

    @Test
    void takesNoTokenOfAThirdIssuer() {
        try (Service third = new Service(Optional.empty())) {
            HttpResponse<String> answer = guarded(SERVICE, third.token(Map.of("email", "ada@example.com")));
            assertThat(answer.statusCode()).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /_local/token",
        "GET, /.well-known/openid-configuration",
        "GET, /jwks",
        "GET, /authorize",
        "POST, /authorize",
        "POST, /token",
        "GET, /userinfo",
        "GET, /signout"
    })
    void saysThatTokensComeFromElsewhere(String method, String path) {
        HttpResponse<String> answer = SERVICE.send(method, path, "");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(answer.body())
                .contains("Tokens come from " + ISSUER.uri() + ", as JWT_ISSUER says: sign in there.")
                .contains("\"code\":\"issuer_elsewhere\"");
    }

    @Test
    void letsPortalsReadThatTokensComeFromElsewhere() {
        String allowed = "access-control-allow-origin";
        assertThat(SERVICE.get("/.well-known/openid-configuration", "Origin", Service.PORTAL)
                        .headers()
                        .firstValue(allowed))
                .contains(Service.PORTAL);
        HttpResponse<String> preflight = SERVICE.send("OPTIONS", "/token", "", "Origin", Service.PORTAL);
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue(allowed)).contains(Service.PORTAL);
        assertThat(SERVICE.get("/userinfo", "Origin", "https://stranger.example")
                        .headers()
                        .firstValue(allowed))
                .isEmpty();
    }

    @Test
    void doesNotStartWithoutItsIssuer() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String nobody = "http://127.0.0.1:" + port;
        assertThatThrownBy(() -> new Service(new JwtDefinition(nobody, List.of("x"))))
                .asInstanceOf(InstanceOfAssertFactories.type(CannotStart.class))
                .satisfies(reasons -> assertThat(reasons.lines())
                        .singleElement()
                        .asString()
                        .startsWith("The issuer " + nobody + " can't be trusted: ")
                        .contains("can't be reached"));
    }

    @Test
    void doesNotStartWithAnIssuerThatCallsItselfOtherwise() {
        String alias = ISSUER.uri() + "/";
        assertThatThrownBy(() -> new Service(new JwtDefinition(alias, List.of("x"))))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("its metadata says that it is \"" + ISSUER.uri() + "\"");
    }

    private static JwtDefinition trusting(String audience) {
        return new JwtDefinition(ISSUER.uri().toString(), List.of(audience));
    }

    private static HttpResponse<String> guarded(Service service, String token) {
        return service.get("/guarded/7", "Authorization", "Bearer " + token);
    }
}
