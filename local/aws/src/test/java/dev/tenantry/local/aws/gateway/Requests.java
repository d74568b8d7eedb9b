package dev.tenantry.local.aws.gateway;

import dev.tenantry.local.aws.http.Body;
import dev.tenantry.local.aws.http.Fields;
import dev.tenantry.local.aws.http.Request;
import java.util.List;
import java.util.Map;

/// Requests as they arrive, for tests.
final class Requests {

    private Requests() {}

    static Request get(String path, String query) {
        return of("GET", path, query, Map.of(), Body.none());
    }

    static Request with(Map<String, List<String>> headers) {
        return of("GET", "/", "", headers, Body.none());
    }

    static Request options(Map<String, List<String>> headers) {
        return of("OPTIONS", "/open", "", headers, Body.none());
    }

    static Request post(Map<String, List<String>> headers, Body body) {
        return of("POST", "/", "", headers, body);
    }

    private static Request of(String method, String path, String query, Map<String, List<String>> headers, Body body) {
        return new Request(method, "HTTP/1.1", path, query, Fields.of(headers), body, "192.0.2.7", 8080);
    }
}
