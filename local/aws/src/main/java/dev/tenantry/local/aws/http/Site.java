package dev.tenantry.local.aws.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Sends each request to the endpoint of its path: exact paths first, then prefixes, then whatever is left to one more.
public final class Site implements Endpoint {

    private final Map<String, Map<String, Endpoint>> exact;
    private final Map<String, Endpoint> prefixes;
    private final Endpoint otherwise;

    private Site(Map<String, Map<String, Endpoint>> exact, Map<String, Endpoint> prefixes, Endpoint otherwise) {
        this.exact = exact;
        this.prefixes = prefixes;
        this.otherwise = otherwise;
    }

    /// An empty site to fill.
    public static Plan plan() {
        return new Plan();
    }

    @Override
    public Response answer(Request request) {
        Map<String, Endpoint> methods = exact.get(request.path());
        if (methods != null) {
            Endpoint endpoint = methods.get(request.method());
            return endpoint != null ? endpoint.answer(request) : methodNotAllowed(List.copyOf(methods.keySet()));
        }
        return prefixes.entrySet().stream()
                .filter(entry -> request.path().startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(otherwise)
                .answer(request);
    }

    private static Response methodNotAllowed(List<String> methods) {
        return Response.json(405, "{\"message\":\"Method Not Allowed\"}").with("allow", String.join(", ", methods));
    }

    /// The paths of a site.
    public static final class Plan {

        private final Map<String, Map<String, Endpoint>> exact = new LinkedHashMap<>();
        private final Map<String, Endpoint> prefixes = new LinkedHashMap<>();

        private Plan() {}

        public Plan get(String path, Endpoint endpoint) {
            return exact("GET", path, endpoint);
        }

        public Plan post(String path, Endpoint endpoint) {
            return exact("POST", path, endpoint);
        }

        public Plan put(String path, Endpoint endpoint) {
            return exact("PUT", path, endpoint);
        }

        public Plan options(String path, Endpoint endpoint) {
            return exact("OPTIONS", path, endpoint);
        }

        /// Every path that begins so, with any method.
        public Plan below(String prefix, Endpoint endpoint) {
            prefixes.put(prefix, endpoint);
            return this;
        }

        public Site otherwise(Endpoint endpoint) {
            return new Site(exact, prefixes, endpoint);
        }

        private Plan exact(String method, String path, Endpoint endpoint) {
            exact.computeIfAbsent(path, absent -> new TreeMap<>()).put(method, endpoint);
            return this;
        }
    }
}
