package dev.tenantry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The format is that of the API Gateway Developer Guide, "Create AWS Lambda proxy integrations for HTTP APIs".
class HttpEventTest {

    @Test
    void readsWhatTheServiceNeedsAndSkipsTheRest() throws IOException {
        HttpEvent event = read("""
                {
                  "version": "2.0",
                  "routeKey": "PUT /tenant/{tenant}",
                  "rawPath": "/tenant/acme",
                  "rawQueryString": "a=1&a=2",
                  "cookies": ["one=1", "two=2"],
                  "headers": {"content-type": "application/json", "x-list": "a,b"},
                  "queryStringParameters": {"a": "1,2"},
                  "requestContext": {
                    "accountId": "123456789012",
                    "authentication": null,
                    "authorizer": {
                      "jwt": {"scopes": null, "claims": {"sub": "s", "email_verified": "true", "exp": 1790000000}}
                    },
                    "http": {"method": "PUT", "path": "/tenant/acme", "sourceIp": "203.0.113.10", "userAgent": "curl"},
                    "requestId": "JKJaXmPLvHcESHA=",
                    "timeEpoch": 1583348638390
                  },
                  "pathParameters": {"tenant": "acme"},
                  "stageVariables": null,
                  "body": "eyJuYW1lIjoi4pqhIn0=",
                  "isBase64Encoded": true
                }
                """);

        assertThat(event.routeKey()).isEqualTo("PUT /tenant/{tenant}");
        assertThat(event.method()).isEqualTo("PUT");
        assertThat(event.rawPath()).isEqualTo("/tenant/acme");
        assertThat(event.rawQuery()).isEqualTo("a=1&a=2");
        assertThat(event.header("x-list")).contains("a,b");
        assertThat(event.parameters()).isEqualTo(Map.of("tenant", "acme"));
        assertThat(event.claims()).isEqualTo(Map.of("sub", "s", "email_verified", "true", "exp", "1790000000"));
        assertThat(event.sourceIp()).isEqualTo("203.0.113.10");
        assertThat(event.requestId()).isEqualTo("JKJaXmPLvHcESHA=");
        assertThat(event.body().map(body -> new String(body, StandardCharsets.UTF_8)))
                .contains("{\"name\":\"⚡\"}");
    }

    @Test
    void takesABodyOnlyForBase64IfTheEventSaysSo() throws IOException {
        assertThat(read(minimal("\"body\": \"e30=\", \"isBase64Encoded\": false"))
                        .body()
                        .map(String::new))
                .contains("e30=");
        assertThat(read(minimal("\"body\": null, \"isBase64Encoded\": false")).body())
                .isEmpty();
    }

    @Test
    void hasNoClaimsBehindARouteWithoutAuthorizer() throws IOException {
        assertThat(read(minimal("\"body\": \"\"")).claims()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"version\": \"1.0\"}", "{\"version\": \"2.0\", \"requestContext\": null}"})
    void refusesOtherEvents(String json) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("This is not an HTTP API event");
    }

    private static String minimal(String rest) {
        return """
                {"version": "2.0", "routeKey": "$default", "rawPath": "/",
                 "requestContext": {"requestId": "r", "http": {"method": "GET", "sourceIp": "192.0.2.1"}},
                """ + rest + "}";
    }

    private static HttpEvent read(String json) throws IOException {
        return HttpEvent.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }
}
