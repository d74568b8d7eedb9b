package dev.tenantry.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tenantry.runtime.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A request as API Gateway's HTTP API hands it over, payload format version 2.0 (API Gateway Developer Guide, "Create
/// AWS Lambda proxy integrations for HTTP APIs").
///
/// @param routeKey   method and path template of the route that matched, or `$default`
/// @param rawPath    the path as it was asked for
/// @param rawQuery   the query as it was asked for, without `?`
/// @param headers    by name in lower case, duplicates joined by commas
/// @param parameters of the path, decoded
/// @param claims     of the token, which the gateway verified; empty behind a route without authorizer
/// @param sourceIp   the address that the gateway saw
/// @param requestId  the gateway's id of the request
/// @param body       decoded; empty if there is none
public record HttpEvent(
        String routeKey,
        String method,
        String rawPath,
        String rawQuery,
        Map<String, String> headers,
        Map<String, String> parameters,
        Map<String, String> claims,
        String sourceIp,
        String requestId,
        Optional<byte[]> body) {

    /// Reads an event; whatever this service has no use for is skipped.
    ///
    /// @throws IllegalArgumentException if it is no such event
    public static HttpEvent read(InputStream in) throws IOException {
        try (JsonParser json = JsonText.FACTORY.createParser(in)) {
            return new Reader(json).event();
        }
    }

    public Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(headers.get(lowerCaseName));
    }

    /// A record compares arrays by identity and prints them so; nobody compares or prints events.
    @Override
    public String toString() {
        return routeKey + " " + requestId;
    }

    private static final class Reader {

        private final JsonParser json;
        private final Map<String, String> texts = new LinkedHashMap<>();
        private Map<String, String> headers = Map.of();
        private Map<String, String> parameters = Map.of();
        private Map<String, String> claims = Map.of();
        private boolean base64;

        Reader(JsonParser json) {
            this.json = json;
        }

        HttpEvent event() throws IOException {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw noEvent("it is not a JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "version", "routeKey", "rawPath", "rawQueryString", "body" -> text(name);
                    case "headers" -> headers = textMap();
                    case "pathParameters" -> parameters = textMap();
                    case "isBase64Encoded" -> base64 = json.currentToken() == JsonToken.VALUE_TRUE;
                    case "requestContext" -> {
                        if (json.currentToken() == JsonToken.START_OBJECT) {
                            requestContext();
                        }
                    }
                    default -> json.skipChildren();
                }
            }
            if (!"2.0".equals(texts.get("version"))) {
                throw noEvent("its version is not 2.0");
            }
            return new HttpEvent(
                    required("routeKey"),
                    required("method"),
                    required("rawPath"),
                    texts.getOrDefault("rawQueryString", ""),
                    headers,
                    parameters,
                    claims,
                    required("sourceIp"),
                    required("requestId"),
                    Optional.ofNullable(texts.get("body")).map(this::decoded));
        }

        private void requestContext() throws IOException {
            while (nextField()) {
                switch (json.currentName()) {
                    case "requestId" -> nextText("requestId");
                    case "http" -> http();
                    case "authorizer" -> authorizer();
                    default -> skip();
                }
            }
        }

        private void http() throws IOException {
            boolean object = json.nextToken() == JsonToken.START_OBJECT;
            while (object && nextField()) {
                switch (json.currentName()) {
                    case "method" -> nextText("method");
                    case "sourceIp" -> nextText("sourceIp");
                    default -> skip();
                }
            }
        }

        private void authorizer() throws IOException {
            boolean object = json.nextToken() == JsonToken.START_OBJECT;
            while (object && nextField()) {
                if ("jwt".equals(json.currentName())) {
                    jwt();
                } else {
                    skip();
                }
            }
        }

        private void jwt() throws IOException {
            boolean object = json.nextToken() == JsonToken.START_OBJECT;
            while (object && nextField()) {
                if ("claims".equals(json.currentName())) {
                    json.nextToken();
                    claims = textMap();
                } else {
                    skip();
                }
            }
        }

        /// Moves to the next field of the current object; false at its end.
        private boolean nextField() throws IOException {
            return json.nextToken() == JsonToken.FIELD_NAME;
        }

        private void skip() throws IOException {
            json.nextToken();
            json.skipChildren();
        }

        private void nextText(String name) throws IOException {
            json.nextToken();
            text(name);
        }

        private void text(String name) throws IOException {
            if (json.currentToken() == JsonToken.VALUE_STRING) {
                texts.put(name, json.getText());
            } else {
                json.skipChildren();
            }
        }

        private Map<String, String> textMap() throws IOException {
            Map<String, String> map = new LinkedHashMap<>();
            boolean object = json.currentToken() == JsonToken.START_OBJECT;
            while (object && nextField()) {
                String name = json.currentName();
                JsonToken token = json.nextToken();
                if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
                    map.put(name, json.getText());
                } else {
                    json.skipChildren();
                }
            }
            return map;
        }

        private byte[] decoded(String body) {
            return base64 ? Base64.getDecoder().decode(body) : body.getBytes(StandardCharsets.UTF_8);
        }

        private String required(String name) {
            String text = texts.get(name);
            if (text == null) {
                throw noEvent("it has no " + name);
            }
            return text;
        }

        private static IllegalArgumentException noEvent(String why) {
            return new IllegalArgumentException("This is not an HTTP API event of payload format 2.0: " + why);
        }
    }
}
