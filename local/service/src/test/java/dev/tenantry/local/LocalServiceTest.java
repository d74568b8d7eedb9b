package dev.tenantry.local;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.local.aws.http.Json;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalServiceTest {

    private static final Service SERVICE = new Service(Optional.empty());

    @AfterAll
    static void stop() {
        SERVICE.close();
    }

    @Test
    void isHealthyOnceItAnswers() {
        HttpResponse<String> health = SERVICE.get("/_local/health");
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).isEqualTo("{\"status\":\"ok\"}");
    }

    @Test
    void listensOnLoopbackOnly() {
        assertThat(SERVICE.uri().getHost()).isEqualTo("127.0.0.1");
        assertThat(SERVICE.dynamoDbUri().getHost()).isEqualTo("127.0.0.1");
    }

    /// A page of a stranger that has its own name point here is of one origin with the service, to a browser.
    @ParameterizedTest
    @CsvSource({
        "rebound.example, 421",
        "rebound.example:%d, 421",
        "127.0.0.1:%d, 200",
        "LOCALHOST:%d, 200",
        "[::1]:%d, 200",
    })
    void answersToItsOwnNamesAlone(String host, int status) throws IOException {
        URI uri = SERVICE.uri();
        String body = "{\"email\":\"ada@example.com\"}";
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.getOutputStream()
                    .write(("POST /_local/token HTTP/1.1\r\nHost: " + host.formatted(uri.getPort())
                                    + "\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                            .getBytes(US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
            assertThat(answer.contains("access_token")).isEqualTo(status == 200);
        }
    }

    @Test
    void servesAGuardedRouteToTheBearerOfItsOwnToken() {
        String token = SERVICE.token(Map.of("email", "ada@example.com"));
        HttpResponse<String> answer = SERVICE.get("/guarded/7", "Authorization", "Bearer " + token);
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode event = json(answer);
        assertThat(event.path("routeKey").asText()).isEqualTo("ANY /guarded/{id}");
        assertThat(event.at("/pathParameters/id").asText()).isEqualTo("7");
        assertThat(event.at("/requestContext/authorizer/jwt/claims/email").asText())
                .isEqualTo("ada@example.com");
        assertThat(event.at("/requestContext/http/sourceIp").asText()).isEqualTo("127.0.0.1");
    }

    @Test
    void refusesAGuardedRouteWithoutToken() {
        HttpResponse<String> answer = SERVICE.get("/guarded/7");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).isEqualTo("{\"message\":\"Unauthorized\"}");
        assertThat(answer.headers().firstValue("www-authenticate")).contains("Bearer");
    }

    @Test
    void refusesAnExpiredTokenOfItsOwn() {
        String token = SERVICE.token(Map.of("email", "ada@example.com", "expiresInSeconds", -1));
        HttpResponse<String> answer = SERVICE.get("/guarded/7", "Authorization", "Bearer " + token);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("www-authenticate").orElseThrow())
                .contains("the token has expired");
    }

    @Test
    void beginsWithAnEmptyOutbox() {
        assertThat(SERVICE.get("/_local/outbox").body()).isEqualTo("[]");
    }

    @Test
    void beginsWithoutEvents() {
        assertThat(SERVICE.get("/_local/events").body()).isEqualTo("[]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"service\":\"pigeon\",\"kind\":\"error\"}",
                "{\"service\":\"mail\",\"kind\":\"gone\"}",
                "{\"service\":\"mail\",\"kind\":\"error\",\"count\":-1}",
                "{\"service\":\"mail\",\"kind\":\"error\",\"count\":\"1\"}",
                "{\"service\":\"mail\",\"kind\":\"error\",\"times\":1}",
            })
    void refusesAFaultThatIsNone(String body) {
        HttpResponse<String> answer = SERVICE.post("/_local/fault", body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("errors")).isNotEmpty();
    }

    @Test
    void showsTheFaultsThatAreOrdered() {
        String none = "{\"mail\":[],\"stripe\":[],\"events\":[]}";
        HttpResponse<String> ordered =
                SERVICE.post("/_local/fault", "{\"service\":\"mail\",\"kind\":\"late\",\"count\":2}");
        assertThat(ordered.statusCode()).isEqualTo(200);
        assertThat(ordered.body()).isEqualTo("{\"mail\":[\"late\",\"late\"],\"stripe\":[],\"events\":[]}");
        assertThat(SERVICE.get("/_local/fault").body()).isEqualTo(ordered.body());
        assertThat(SERVICE.post("/_local/fault", "{\"service\":\"mail\",\"kind\":\"late\",\"count\":0}")
                        .body())
                .isEqualTo(none);
    }

    @Test
    void isTheIssuerOfItsTokensByItsOwnAddress() {
        JsonNode metadata = json(SERVICE.get("/.well-known/openid-configuration"));
        assertThat(metadata.path("issuer").asText()).isEqualTo(SERVICE.uri().toString());
        String path = metadata.path("jwks_uri")
                .asText()
                .substring(SERVICE.uri().toString().length());
        assertThat(json(SERVICE.get(path)).path("keys")).hasSize(1);
        String token = SERVICE.token(Map.of("email", "ada@example.com"));
        JsonNode event = json(SERVICE.get("/guarded/7", "Authorization", "Bearer " + token));
        assertThat(event.at("/requestContext/authorizer/jwt/claims/iss").asText())
                .isEqualTo(SERVICE.uri().toString());
    }

    @Test
    void sendsNoCorsHeadersWithARefusalOfTheGateway() {
        HttpResponse<String> answer = SERVICE.get("/guarded/7", "Origin", Service.PORTAL);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control-"));
    }

    @Test
    void answersAnUnknownRouteItself() {
        HttpResponse<String> answer = SERVICE.get("/nowhere");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("{\"message\":\"Not Found\"}");
        assertThat(answer.headers().firstValue("apigw-requestid")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"throw", "malformed", "hang"})
    void hidesAFunctionsFailure(String probe) {
        HttpResponse<String> answer = SERVICE.get("/open", "x-probe", probe);
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).isEqualTo("{\"message\":\"Internal Server Error\"}");
    }

    /// Of the gateway's own quota.
    @Test
    void refusesABodyOverTenMegabytes() {
        assertThat(SERVICE.post("/open", "x".repeat(10 * 1024 * 1024 + 1)).statusCode())
                .isEqualTo(413);
    }

    /// Of Lambda's quota, which the whole event counts against: a body that is no text a third more than it has.
    @Test
    void refusesABodyThatLambdaWouldNotTake() {
        String body = "x".repeat(6_280_000);
        assertThat(SERVICE.post("/open", body, "x-probe", "context", "Content-Type", "text/plain")
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> tooLarge = SERVICE.post("/open", body, "x-probe", "context");
        assertThat(tooLarge.statusCode()).isEqualTo(413);
        assertThat(tooLarge.body()).isEqualTo("{\"message\":\"Request Entity Too Large\"}");
    }

    @Test
    void refusesAnAnswerThatLambdaWouldNotLetThrough() {
        // What is echoed is the event, as a string in the answer: its quotes take two bytes there, those of the body
        // four.
        HttpResponse<String> answer =
                SERVICE.post("/open", "\"".repeat(1_500_000), "x-probe", "echo", "Content-Type", "text/plain");
        assertThat(answer.statusCode()).isEqualTo(200);
        answer = SERVICE.post("/open", "\"".repeat(1_600_000), "x-probe", "echo", "Content-Type", "text/plain");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).isEqualTo("{\"message\":\"Internal Server Error\"}");
    }

    @Test
    void answersPreflightRequestsItself() {
        HttpResponse<String> answer = SERVICE.send(
                "OPTIONS", "/guarded/9", "", "Origin", Service.PORTAL, "Access-Control-Request-Method", "GET");
        // ANY /guarded/{id} is the more specific route and guarded: it takes the preflight request, as in AWS.
        assertThat(answer.statusCode()).isEqualTo(401);
        HttpResponse<String> open = SERVICE.send(
                "OPTIONS", "/open/9", "", "Origin", Service.PORTAL, "Access-Control-Request-Method", "GET");
        assertThat(open.statusCode()).isEqualTo(204);
        assertThat(open.headers().firstValue("access-control-allow-origin")).contains(Service.PORTAL);
        assertThat(open.headers().firstValue("access-control-max-age")).contains("600");
    }

    @Test
    void setsTheCorsHeadersOfAFunctionsAnswer() {
        HttpResponse<String> answer = SERVICE.get("/open", "Origin", Service.PORTAL, "x-probe", "cors");
        assertThat(answer.headers().allValues("access-control-allow-origin")).containsExactly(Service.PORTAL);
        assertThat(answer.headers().firstValue("access-control-expose-headers")).contains("etag,link");
        assertThat(SERVICE.get("/open", "x-probe", "cors").headers().firstValue("access-control-allow-origin"))
                .isEmpty();
    }

    @Test
    void sendsNoBodyToAHeadRequest() {
        HttpResponse<String> answer = SERVICE.send("HEAD", "/open", "");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void givesFunctionsTheTableOfTheTemplate() {
        assertThat(json(SERVICE.get("/open", "x-probe", "table")).path("status").asText())
                .isEqualTo("ACTIVE");
    }

    @Test
    void givesFunctionsAnEnvironmentOfTheirOwn() {
        JsonNode context = json(SERVICE.get("/open", "x-probe", "context"));
        assertThat(context.path("functionName").asText()).isEqualTo("ProbeFunction");
        assertThat(context.path("settingsFunctionName").asText()).isEqualTo("ProbeFunction");
        assertThat(context.path("brokerDomain").asText()).isEqualTo("ocpp.localhost");
        assertThat(context.path("keyId").asText()).isEqualTo("local");
        assertThat(context.path("remainingMillis").asInt()).isBetween(1, 2000);
    }

    @Test
    void sendsTheRootToTheDocs() {
        HttpResponse<String> answer = SERVICE.get("/");
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("location")).contains("/docs");
    }

    @Test
    void knowsTheMethodsOfItsOwnPaths() {
        HttpResponse<String> answer = SERVICE.get("/_local/token");
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("allow")).contains("POST");
        assertThat(SERVICE.get("/_local/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void showsTheApiReferenceWithoutLeavingTheMachine() {
        HttpResponse<String> page = SERVICE.get("/docs");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("<title>Tenantry API</title>")
                .doesNotContain("http:")
                .doesNotContain("https:");
        assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
                .contains("connect-src 'self'");
        assertThat(SERVICE.get("/docs/reference/main.js").body())
                .contains("url: \"/openapi.yaml\"")
                .contains("validatorUrl: null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs/swagger-ui.css", "/docs/swagger-ui-bundle.js", "/docs/favicon-32x32.png"})
    void servesTheAssetsOfTheApiReference(String path) {
        assertThat(SERVICE.get(path).statusCode()).isEqualTo(200);
    }

    @Test
    void servesOnlyTheAssetsOfTheApiReference() {
        assertThat(SERVICE.get("/docs/index.html").statusCode()).isEqualTo(404);
        assertThat(SERVICE.get("/docs/%2e%2e/pom.xml").statusCode()).isEqualTo(404);
    }

    @Test
    void leadsFromTheApiReferenceToTheConsole() {
        assertThat(SERVICE.get("/docs").body()).contains("<a href=\"/console/\">");
        assertThat(SERVICE.get("/console/").statusCode()).isEqualTo(200);
        assertThat(SERVICE.get("/docs/bar.css").statusCode()).isEqualTo(200);
    }

    @Test
    void servesTheProjectsDescriptionOfItsApi() {
        HttpResponse<String> answer = SERVICE.get("/openapi.yaml");
        assertThat(answer.headers().firstValue("content-type")).contains("application/yaml");
        assertThat(answer.body()).startsWith("openapi: 3.1.0");
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return Json.parse(answer.body()).orElseThrow();
    }
}
