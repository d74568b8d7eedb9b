package dev.tenantry.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Json;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// A request to the HTTP API in lines, so that a fuzzer changes what callers can and not the envelope, and that a
/// finding can be read:
///
/// ```
/// PUT /tenant/{tenant}         the route that matched
/// /tenant/acme?limit=2         path and query
/// tenant=acme                  a parameter of the path
/// if-match: "1"                a header
/// @email=ada@example.com       a claim
/// base64                       the body comes in Base64
///
/// {"name": "Acme"}             all after an empty line is the body
/// ```
///
/// Any text is such a request. Claims are Ada's unless lines say something else.
final class RequestText {

    static final String REQUEST_ID = "dGVuYW50cnk=";

    private static final Pattern PARAMETER = Pattern.compile("\\{([^{}]*)}");

    private RequestText() {}

    /// The lines for an event.
    static byte[] of(JsonNode event) {
        StringBuilder lines = new StringBuilder();
        String query = event.path("rawQueryString").asText();
        lines.append(event.path("routeKey").asText())
                .append('\n')
                .append(event.path("rawPath").asText())
                .append(query.isEmpty() ? "" : "?" + query)
                .append('\n');
        event.path("pathParameters")
                .properties()
                .forEach(parameter -> lines.append(parameter.getKey())
                        .append('=')
                        .append(parameter.getValue().asText())
                        .append('\n'));
        event.path("headers").properties().stream()
                .filter(header -> header.getKey().matches("accept|content-.*|if-match|idempotency-key"))
                .forEach(header -> lines.append(header.getKey())
                        .append(": ")
                        .append(header.getValue().asText())
                        .append('\n'));
        event.at("/requestContext/authorizer/jwt/claims")
                .properties()
                .forEach(claim -> lines.append('@')
                        .append(claim.getKey())
                        .append('=')
                        .append(claim.getValue().asText())
                        .append('\n'));
        String body = event.path("body").asText();
        boolean base64 = event.path("isBase64Encoded").asBoolean();
        lines.append(base64 ? "base64\n\n" : "\n")
                .append(base64 ? new String(Base64.getDecoder().decode(body), UTF_8) : body);
        return lines.toString().getBytes(UTF_8);
    }

    /// The event that API Gateway would make of it.
    static ObjectNode event(byte[] input) {
        int end = endOfLines(input);
        String[] lines = new String(input, 0, end, UTF_8).split("\n", -1);
        byte[] body = Arrays.copyOfRange(input, Math.min(input.length, end + 2), input.length);

        ObjectNode event = Json.object()
                .put("version", "2.0")
                .put("routeKey", lines[0])
                .put("rawPath", "/")
                .put("rawQueryString", "");
        ObjectNode headers = event.putObject("headers");
        ObjectNode parameters = event.putObject("pathParameters");
        // The gateway has them from the path, or another route matches.
        parametersOf(lines[0]).forEach(name -> parameters.put(name, "1"));
        ObjectNode context = event.putObject("requestContext").put("requestId", REQUEST_ID);
        context.putObject("http").put("method", lines[0].split(" ", 2)[0]).put("sourceIp", "203.0.113.10");
        ObjectNode claims = context.putObject("authorizer")
                .putObject("jwt")
                .putObject("claims")
                .put("sub", Deployment.ADA.id().value())
                .put("email", "ada@example.com")
                .put("email_verified", "true");
        boolean base64 = false;
        for (String line : Arrays.asList(lines).subList(1, lines.length)) {
            int equals = line.indexOf('=');
            int colon = line.indexOf(": ");
            if (line.equals("base64")) {
                base64 = true;
            } else if (line.startsWith("/")) {
                int question = line.indexOf('?');
                event.put("rawPath", question < 0 ? line : line.substring(0, question));
                event.put("rawQueryString", question < 0 ? "" : line.substring(question + 1));
            } else if (line.startsWith("@") && equals > 0) {
                claims.put(line.substring(1, equals), line.substring(equals + 1));
            } else if (colon > 0 && (equals < 0 || colon < equals)) {
                headers.put(line.substring(0, colon), line.substring(colon + 2));
            } else if (equals > 0) {
                parameters.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        if (body.length > 0) {
            event.put("body", base64 ? Base64.getEncoder().encodeToString(body) : new String(body, UTF_8));
        }
        return event.put("isBase64Encoded", base64);
    }

    /// The names in a route's braces.
    static List<String> parametersOf(String routeKey) {
        return PARAMETER
                .matcher(routeKey)
                .results()
                .map(parameter -> parameter.group(1))
                .toList();
    }

    private static int endOfLines(byte[] input) {
        for (int i = 1; i < input.length; i++) {
            if (input[i] == '\n' && input[i - 1] == '\n') {
                return i - 1;
            }
        }
        return input.length;
    }
}
