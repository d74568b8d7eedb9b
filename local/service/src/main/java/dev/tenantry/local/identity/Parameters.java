package dev.tenantry.local.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenantry.local.aws.http.Request;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The parameters of a query or a form (`application/x-www-form-urlencoded`).
record Parameters(Map<String, List<String>> values) {

    /// Those of the query of a `GET`, or of the form of a `POST`; none where it is not encoded well.
    static Parameters of(Request request) {
        if (!request.method().equals("POST")) {
            return parse(request.query());
        }
        String mediaType = request.headers()
                .joined("content-type")
                .orElse("")
                .split(";", 2)[0]
                .strip()
                .toLowerCase(Locale.ROOT);
        return parse(
                mediaType.equals("application/x-www-form-urlencoded")
                        ? request.body().text()
                        : "");
    }

    private static Parameters parse(String encoded) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : encoded.split("&", -1)) {
            int equals = pair.indexOf('=');
            try {
                String name = URLDecoder.decode(equals < 0 ? pair : pair.substring(0, equals), UTF_8);
                String value = equals < 0 ? "" : URLDecoder.decode(pair.substring(equals + 1), UTF_8);
                values.computeIfAbsent(name, absent -> new ArrayList<>()).add(value);
            } catch (IllegalArgumentException malformed) {
                return new Parameters(Map.of());
            }
        }
        return new Parameters(values);
    }

    /// One without a value counts as left out (RFC 6749, section 3.1).
    Optional<String> get(String name) {
        return all(name).stream().findFirst();
    }

    /// Whether it is there twice, which no parameter may be (RFC 6749, section 3.1).
    boolean isRepeated(String name) {
        return all(name).size() > 1;
    }

    private List<String> all(String name) {
        return values.getOrDefault(name, List.of()).stream()
                .filter(value -> !value.isEmpty())
                .toList();
    }
}
