package dev.tenantry.local.aws.gateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Fields;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.http.Request;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A request as the event of payload format 2.0
/// (Amazon API Gateway Developer Guide, "Create AWS Lambda proxy integrations for HTTP APIs").
final class EventV2 {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

    /// Besides `text/*`, only these are text; measured on the live service, since the guide names none. A form is
    /// binary to it, and so is a body without a content type.
    private static final Set<String> TEXT_TYPES =
            Set.of("application/json", "application/xml", "application/javascript");

    /// They speak of one connection (RFC 9110, section 7.6.1) and never reach the function.
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "http2-settings",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private EventV2() {}

    /// @param claims of the verified token, empty on a route without authorizer
    static String of(Request request, Routes.Match match, Optional<Claims> claims, String requestId, Instant time) {
        String path = PercentEncoding.decodePath(request.path());
        ObjectNode event = Json.object()
                .put("version", "2.0")
                .put("routeKey", match.route().routeKey())
                .put("rawPath", path)
                .put("rawQueryString", request.query());
        List<String> cookies = cookies(request);
        if (!cookies.isEmpty()) {
            ArrayNode array = event.putArray("cookies");
            cookies.forEach(array::add);
        }
        put(event, "headers", headers(request, requestId, time));
        putUnlessEmpty(event, "queryStringParameters", query(request.query()));
        event.set("requestContext", context(request, path, match, claims, requestId, time));
        putUnlessEmpty(event, "pathParameters", match.pathParameters());
        // Bytes that are no text can't stand in an event as text, whatever they say to be; replacing them would have
        // the function store what nobody sent.
        boolean binary = !request.body().isEmpty()
                && (!isText(request) || !request.body().isText());
        if (!request.body().isEmpty()) {
            event.put(
                    "body",
                    binary
                            ? Base64.getEncoder().encodeToString(request.body().bytes())
                            : request.body().text());
        }
        event.put("isBase64Encoded", binary);
        return Json.text(event);
    }

    private static ObjectNode context(
            Request request, String path, Routes.Match match, Optional<Claims> claims, String requestId, Instant time) {
        ObjectNode context = Json.object().put("accountId", "000000000000").put("apiId", "local");
        claims.ifPresent(it -> {
            ObjectNode jwt = context.putObject("authorizer").putObject("jwt");
            put(jwt, "claims", it.values());
            jwt.putNull("scopes");
        });
        String domain = domain(request);
        context.put("domainName", domain).put("domainPrefix", domain.split("[.]", 2)[0]);
        context.putObject("http")
                .put("method", request.method())
                .put("path", path)
                .put("protocol", request.protocol())
                .put("sourceIp", request.sourceIp())
                .put("userAgent", request.headers().joined("user-agent").orElse(""));
        return context.put("requestId", requestId)
                .put("routeKey", match.route().routeKey())
                .put("stage", "$default")
                .put("time", TIME.format(time))
                .put("timeEpoch", time.toEpochMilli());
    }

    private static Map<String, String> headers(Request request, String requestId, Instant time) {
        Fields fields = request.headers();
        for (String name : HOP_BY_HOP) {
            fields = fields.without(name);
        }
        fields = fields.without("cookie")
                .with("content-length", Integer.toString(request.body().size()))
                .with("x-amzn-trace-id", traceId(requestId, time))
                .with("x-forwarded-for", forwardedFor(request))
                .with("x-forwarded-port", Integer.toString(request.port()))
                .with("x-forwarded-proto", "http");
        Map<String, String> headers = new LinkedHashMap<>();
        fields.asMap().forEach((name, values) -> headers.put(name, String.join(",", values)));
        return headers;
    }

    /// What the client claims stays in front of what the gateway saw: only the last address can be trusted.
    private static String forwardedFor(Request request) {
        return request.headers()
                .joined("x-forwarded-for")
                .map(claimed -> claimed + ", " + request.sourceIp())
                .orElse(request.sourceIp());
    }

    private static String traceId(String requestId, Instant time) {
        return "Root=1-" + Long.toHexString(time.getEpochSecond()) + "-"
                + requestId.replace("-", "").substring(0, 24);
    }

    private static List<String> cookies(Request request) {
        List<String> cookies = new ArrayList<>();
        for (String header : request.headers().all("cookie")) {
            for (String cookie : header.split(";", -1)) {
                if (!cookie.isBlank()) {
                    cookies.add(cookie.strip());
                }
            }
        }
        return cookies;
    }

    private static Map<String, String> query(String rawQuery) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : rawQuery.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = PercentEncoding.decodeQuery(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : PercentEncoding.decodeQuery(pair.substring(equals + 1));
                parameters.merge(name, value, (before, more) -> before + "," + more);
            }
        }
        return parameters;
    }

    private static boolean isText(Request request) {
        String type = request.headers().joined("content-type").orElse("");
        String essence = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return essence.startsWith("text/") || TEXT_TYPES.contains(essence);
    }

    private static String domain(Request request) {
        String host = request.headers().joined("host").orElse("localhost");
        return host.replaceFirst(":[0-9]*$", "");
    }

    private static void putUnlessEmpty(ObjectNode node, String name, Map<String, String> values) {
        if (!values.isEmpty()) {
            put(node, name, values);
        }
    }

    private static void put(ObjectNode node, String name, Map<String, String> values) {
        ObjectNode object = node.putObject(name);
        values.forEach(object::put);
    }
}
