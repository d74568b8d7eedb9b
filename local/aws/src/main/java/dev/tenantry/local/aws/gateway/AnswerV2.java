package dev.tenantry.local.aws.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.local.aws.http.Body;
import dev.tenantry.local.aws.http.Fields;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.http.Response;
import java.util.Base64;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.Set;

/// What a function returned as the response it means
/// (Amazon API Gateway Developer Guide, "Create AWS Lambda proxy integrations for HTTP APIs": Lambda function response
/// format for format 2.0).
final class AnswerV2 {

    /// The gateway says these itself.
    private static final Set<String> GATEWAYS_OWN =
            Set.of("apigw-requestid", "connection", "content-length", "date", "keep-alive", "transfer-encoding");

    private AnswerV2() {}

    /// The response, empty if the function's answer is malformed.
    static Optional<Response> parse(String answer) {
        return Json.parse(answer)
                .flatMap(json -> json.has("statusCode") ? explicit(json) : Optional.of(inferred(json)));
    }

    private static Response inferred(JsonNode json) {
        return Response.json(200, json.isTextual() ? json.textValue() : Json.text(json));
    }

    private static Optional<Response> explicit(JsonNode json) {
        JsonNode status = json.path("statusCode");
        if (!status.isIntegralNumber() || status.intValue() < 200 || status.intValue() > 599) {
            return Optional.empty();
        }
        return body(json).map(body -> {
            Fields headers = headers(json);
            if (!body.isEmpty() && headers.joined("content-type").isEmpty()) {
                headers = headers.and("content-type", "text/plain;charset=UTF-8");
            }
            return new Response(status.intValue(), headers, body);
        });
    }

    private static Fields headers(JsonNode json) {
        Fields headers = Fields.none();
        for (Entry<String, JsonNode> header : json.path("headers").properties()) {
            if (header.getValue().isValueNode() && !header.getValue().isNull()) {
                headers = headers.and(header.getKey(), header.getValue().asText());
            }
        }
        for (String own : GATEWAYS_OWN) {
            headers = headers.without(own);
        }
        for (JsonNode cookie : json.path("cookies")) {
            headers = headers.and("set-cookie", cookie.asText());
        }
        return headers;
    }

    private static Optional<Body> body(JsonNode json) {
        JsonNode body = json.path("body");
        if (body.isMissingNode() || body.isNull()) {
            return Optional.of(Body.none());
        }
        if (!body.isTextual()) {
            return Optional.empty();
        }
        if (!json.path("isBase64Encoded").asBoolean()) {
            return Optional.of(Body.of(body.textValue()));
        }
        try {
            return Optional.of(Body.of(Base64.getDecoder().decode(body.textValue())));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
