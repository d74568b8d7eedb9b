package dev.tenantry.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.local.aws.http.Json;
import java.util.ArrayList;
import java.util.List;

/// What a function behind the HTTP API answered, in the form that openapi.yaml has for all operations.
record HttpAnswer(int status, String text) {

    /// @param text what it wrote
    /// @param log  what it logged meanwhile
    static HttpAnswer checked(String text, String requestId, String log) {
        JsonNode answer = Json.parse(text).orElseThrow(() -> new AssertionError("no JSON: " + text));
        List<String> fields = new ArrayList<>();
        answer.fieldNames().forEachRemaining(fields::add);
        assertThat(fields).isSubsetOf("statusCode", "headers", "body", "isBase64Encoded");
        int status = answer.path("statusCode").asInt();
        JsonNode headers = answer.path("headers");
        assertThat(headers.path("X-Request-Id").asText()).isEqualTo(requestId);
        assertThat(headers.path("Cache-Control").asText()).isEqualTo("no-store");
        headers.forEach(value -> assertThat(value.isTextual()).isTrue());
        assertThat(answer.path("isBase64Encoded").asBoolean(true)).isFalse();

        String type = headers.path("Content-Type").asText("");
        String body = answer.path("body").asText("");
        assertThat(status).withFailMessage(() -> text + "\n" + log).isBetween(200, 599);
        if (status >= 400) {
            assertThat(type).isEqualTo("application/problem+json");
            JsonNode problem = json(body);
            assertThat(problem.path("code").asText()).matches("[a-z_]+");
            assertThat(problem.path("status").asInt()).isEqualTo(status);
            assertThat(problem.path("title").asText()).isNotEmpty();
            assertThat(problem.path("requestId").asText()).isEqualTo(requestId);
        } else if (status == 204) {
            assertThat(answer.has("body")).isFalse();
        } else if (type.startsWith("text/csv")) {
            assertThat(body).endsWith("\r\n");
        } else {
            assertThat(type).isEqualTo("application/json");
            json(body);
        }
        return new HttpAnswer(status, text);
    }

    private static JsonNode json(String body) {
        return Json.parse(body).orElseThrow(() -> new AssertionError("the body is no JSON: " + body));
    }
}
