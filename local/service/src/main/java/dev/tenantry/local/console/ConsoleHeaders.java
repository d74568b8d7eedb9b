package dev.tenantry.local.console;

import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.http.Response;
import dev.tenantry.local.reference.ClassPath;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// The headers that the console is never served without, here as elsewhere: `console-headers.json` has them.
final class ConsoleHeaders {

    private final Map<String, String> headers = new LinkedHashMap<>();

    /// @param connect the origins that its page may ask
    ConsoleHeaders(String connect) {
        Json.parse(new String(ClassPath.read("/console-headers.json"), StandardCharsets.UTF_8))
                .orElseThrow()
                .properties()
                .forEach(header ->
                        headers.put(header.getKey(), header.getValue().asText().replace("{connect}", connect)));
    }

    Response on(Response response) {
        Response answer = response;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            answer = answer.with(header.getKey(), header.getValue());
        }
        return answer;
    }
}
