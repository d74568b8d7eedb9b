package dev.tenantry.local.aws.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.local.aws.http.Body;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.http.Request;
import dev.tenantry.local.aws.template.RouteDefinition;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The format is that of the Amazon API Gateway Developer Guide, "Create AWS Lambda proxy integrations for HTTP APIs"
/// (payload format structure, 2.0). Where the guide is silent, the test says whose measurement of the service it
/// follows.
class EventV2Test {

    private static final Instant TIME = Instant.parse("2020-03-12T19:03:58.390Z");
    private static final String REQUEST_ID = "0b6d1b1e-6f3a-4f0e-9d0e-0123456789ab";

    /// The guide: "version", "routeKey", "stage".
    @Test
    void namesVersionRouteAndStage() {
        JsonNode event = event(Requests.get("/pets", ""));
        assertThat(event.path("version").asText()).isEqualTo("2.0");
        assertThat(event.path("routeKey").asText()).isEqualTo("GET /pets");
        assertThat(event.at("/requestContext/routeKey").asText()).isEqualTo("GET /pets");
        assertThat(event.at("/requestContext/stage").asText()).isEqualTo("$default");
        assertThat(event.at("/requestContext/requestId").asText()).isEqualTo(REQUEST_ID);
    }

    /// The guide shows `"time": "12/Mar/2020:19:03:58 +0000"` and `"timeEpoch": 1583348638390`.
    @Test
    void writesTheTimeInTheCommonLogFormatAndInMilliseconds() {
        JsonNode context = event(Requests.get("/", "")).path("requestContext");
        assertThat(context.path("time").asText()).isEqualTo("12/Mar/2020:19:03:58 +0000");
        assertThat(context.path("timeEpoch").asLong()).isEqualTo(TIME.toEpochMilli());
    }

    /// The guide: "http": method, path, protocol, sourceIp, userAgent.
    @Test
    void tellsOfTheHttpRequest() {
        JsonNode http =
                event(Requests.with(Map.of("User-Agent", List.of("curl/8")))).at("/requestContext/http");
        assertThat(http).isEqualTo(Json.parse("""
                                {"method":"GET","path":"/","protocol":"HTTP/1.1","sourceIp":"192.0.2.7","userAgent":"curl/8"}
                                """).orElseThrow());
    }

    /// The guide: "domainName": "id.execute-api.us-east-1.amazonaws.com", "domainPrefix": "id".
    @Test
    void takesTheDomainFromTheHostHeader() {
        JsonNode context = event(Requests.with(Map.of("Host", List.of("api.example.com:8080"))))
                .path("requestContext");
        assertThat(context.path("domainName").asText()).isEqualTo("api.example.com");
        assertThat(context.path("domainPrefix").asText()).isEqualTo("api");
    }

    /// Not in the guide. Captures of the live service (github.com/middleapi/standard-server, pull request 93;
    /// github.com/Worklytics/psoxy, pull request 827) show that an HTTP API decodes `rawPath`, its name
    /// notwithstanding.
    @Test
    void decodesThePath() {
        JsonNode event = event(Requests.get("/pets/a%20b+c%C3%A9", ""));
        assertThat(event.path("rawPath").asText()).isEqualTo("/pets/a b+cé");
        assertThat(event.at("/requestContext/http/path").asText()).isEqualTo("/pets/a b+cé");
    }

    /// The guide: "rawQueryString"; that it stays encoded is measured in github.com/ministackorg/ministack, issue
    /// 1035.
    @Test
    void leavesTheRawQueryAsItCame() {
        assertThat(event(Requests.get("/", "a=1%202&a=b+c"))
                        .path("rawQueryString")
                        .asText())
                .isEqualTo("a=1%202&a=b+c");
    }

    /// The guide: "Duplicate query strings are combined with commas and included in the queryStringParameters
    /// field."
    @Test
    void decodesQueryParametersAndJoinsDuplicates() {
        JsonNode event = event(Requests.get("/", "a=1&b=x%2Cy+z&a=2&empty=&bare&%C3%A9=1"));
        assertThat(event.path("queryStringParameters"))
                .isEqualTo(Json.parse("{\"a\":\"1,2\",\"b\":\"x,y z\",\"empty\":\"\",\"bare\":\"\",\"é\":\"1\"}")
                        .orElseThrow());
    }

    @Test
    void hasNoQueryParametersWithoutQuery() {
        JsonNode event = event(Requests.get("/", ""));
        assertThat(event.path("rawQueryString").asText("absent")).isEmpty();
        assertThat(event.has("queryStringParameters")).isFalse();
    }

    @Test
    void toleratesABrokenEscape() {
        assertThat(event(Requests.get("/", "a=100%"))
                        .at("/queryStringParameters/a")
                        .asText())
                .isEqualTo("100%");
    }

    /// The guide: "All headernames are lowercased."
    @Test
    void lowersHeaderNames() {
        assertThat(event(Requests.with(Map.of("If-Match", List.of("\"x\""))))
                        .at("/headers/if-match")
                        .asText())
                .isEqualTo("\"x\"");
    }

    /// The guide: "Duplicate headers are combined with commas and included in the headers field."
    @Test
    void joinsDuplicateHeaders() {
        JsonNode event = event(Requests.with(Map.of("Accept", List.of("a", "b, c"))));
        assertThat(event.at("/headers/accept").asText()).isEqualTo("a,b, c");
    }

    /// The guide: "Format 2.0 includes a new cookies field."
    @Test
    void movesCookiesFromTheHeadersToTheirOwnField() {
        JsonNode event = event(Requests.with(Map.of("Cookie", List.of("a=1; b=2", "c=3"))));
        assertThat(event.path("cookies"))
                .isEqualTo(Json.parse("[\"a=1\",\"b=2\",\"c=3\"]").orElseThrow());
        assertThat(event.path("headers").has("cookie")).isFalse();
    }

    @Test
    void hasNoCookiesFieldWithoutCookies() {
        assertThat(event(Requests.get("/", "")).has("cookies")).isFalse();
    }

    @Test
    void appendsTheSourceAddressToWhatTheClientForwards() {
        JsonNode headers = event(Requests.with(Map.of("X-Forwarded-For", List.of("198.51.100.1"))))
                .path("headers");
        assertThat(headers.path("x-forwarded-for").asText()).isEqualTo("198.51.100.1, 192.0.2.7");
        assertThat(headers.path("x-forwarded-port").asText()).isEqualTo("8080");
        assertThat(headers.path("x-forwarded-proto").asText()).isEqualTo("http");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Connection", "Transfer-Encoding", "Upgrade", "Keep-Alive", "HTTP2-Settings"})
    void keepsHopByHopHeadersToItself(String name) {
        JsonNode headers = event(Requests.with(Map.of(name, List.of("x")))).path("headers");
        assertThat(headers.has(name.toLowerCase(Locale.ROOT))).isFalse();
    }

    @Test
    void hasPathParametersOnlyWhereTheRouteHasVariables() {
        RouteDefinition route = new RouteDefinition("GET /pets/{id}", "F", false);
        Routes.Match match = new Routes.Match(route, Map.of("id", "7"));
        JsonNode event = Json.parse(EventV2.of(Requests.get("/pets/7", ""), match, Optional.empty(), REQUEST_ID, TIME))
                .orElseThrow();
        assertThat(event.path("pathParameters"))
                .isEqualTo(Json.parse("{\"id\":\"7\"}").orElseThrow());
        assertThat(event(Requests.get("/", "")).has("pathParameters")).isFalse();
    }

    /// Not enumerated in the guide; measured on the live service (github.com/ministackorg/ministack, pull request
    /// 766).
    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=utf-8",
                "APPLICATION/JSON",
                "text/plain",
                "text/csv;x=y",
                "application/xml",
                "application/javascript"
            })
    void leavesTextAsText(String contentType) {
        JsonNode event = event(Requests.post(Map.of("Content-Type", List.of(contentType)), Body.of("{\"é\":1}")));
        assertThat(event.path("body").asText()).isEqualTo("{\"é\":1}");
        assertThat(event.path("isBase64Encoded").isBoolean()).isTrue();
        assertThat(event.path("isBase64Encoded").asBoolean()).isFalse();
    }

    /// The guide: "If the content type of the request is binary, the body is base64-encoded." Which are binary is
    /// measured (github.com/ministackorg/ministack, pull request 766): all but a few, forms among them.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/octet-stream",
                "image/png",
                "multipart/form-data; boundary=x",
                "application/x-www-form-urlencoded",
                "application/merge-patch+json"
            })
    void encodesEverythingElse(String contentType) {
        byte[] bytes = {(byte) 0xff, 0, 1};
        JsonNode event = event(Requests.post(Map.of("Content-Type", List.of(contentType)), Body.of(bytes)));
        assertThat(Base64.getDecoder().decode(event.path("body").asText().getBytes(UTF_8)))
                .isEqualTo(bytes);
        assertThat(event.path("isBase64Encoded").asBoolean()).isTrue();
    }

    /// Our own choice where the documentation is silent: an event is JSON, and JSON text can't hold such bytes.
    @Test
    void encodesTextThatIsNone() {
        byte[] bytes = {'"', (byte) 0xff, '"'};
        JsonNode event = event(Requests.post(Map.of("Content-Type", List.of("application/json")), Body.of(bytes)));
        assertThat(Base64.getDecoder().decode(event.path("body").asText())).isEqualTo(bytes);
        assertThat(event.path("isBase64Encoded").asBoolean()).isTrue();
    }

    /// Measured likewise.
    @Test
    void encodesABodyWithoutContentType() {
        JsonNode event = event(Requests.post(Map.of(), Body.of("{}")));
        assertThat(event.path("body").asText()).isEqualTo("e30=");
        assertThat(event.path("isBase64Encoded").asBoolean()).isTrue();
    }

    @Test
    void hasNoBodyWithoutBody() {
        JsonNode event = event(Requests.post(Map.of("Content-Type", List.of("image/png")), Body.none()));
        assertThat(event.has("body")).isFalse();
        assertThat(event.path("isBase64Encoded").asBoolean(true)).isFalse();
    }

    /// The guide: "authorizer": {"jwt": {"claims": {...}, "scopes": [...]}}; scopes are null where a route asks for
    /// none.
    @Test
    void carriesClaimsAsStrings() {
        Claims claims =
                Claims.of(Map.of("sub", "x", "exp", 1583348638L, "email_verified", true, "groups", List.of("a", "b")));
        JsonNode event = Json.parse(
                        EventV2.of(Requests.get("/", ""), match("GET", "/"), Optional.of(claims), REQUEST_ID, TIME))
                .orElseThrow();
        assertThat(event.at("/requestContext/authorizer/jwt"))
                .isEqualTo(Json.parse("""
                                {"claims":{"sub":"x","exp":"1583348638","email_verified":"true","groups":"[a b]"},"scopes":null}
                                """).orElseThrow());
    }

    @Test
    void hasNoAuthorizerOnAnOpenRoute() {
        assertThat(event(Requests.get("/", "")).path("requestContext").has("authorizer"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"content-length, 2", "x-amzn-trace-id, Root=1-5e6a879e-0b6d1b1e6f3a4f0e9d0e0123"})
    void addsWhatTheGatewayAdds(String name, String value) {
        JsonNode event = event(Requests.post(Map.of("Content-Type", List.of("text/plain")), Body.of("hi")));
        assertThat(event.path("headers").path(name).asText()).isEqualTo(value);
    }

    private static JsonNode event(Request request) {
        return Json.parse(EventV2.of(
                        request, match(request.method(), request.path()), Optional.empty(), REQUEST_ID, TIME))
                .orElseThrow();
    }

    private static Routes.Match match(String method, String path) {
        return new Routes.Match(new RouteDefinition(method + " " + path, "F", false), Map.of());
    }
}
