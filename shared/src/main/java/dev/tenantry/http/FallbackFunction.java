package dev.tenantry.http;

import dev.tenantry.config.Settings;
import dev.tenantry.refusal.Refusal.MethodNotAllowed;
import dev.tenantry.refusal.Refusal.NotFound;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Answers what no route of the gateway matches: 405 on a path that exists, 404 elsewhere, and preflight requests that
/// the gateway lets through with nothing, since it adds the CORS headers itself.
public abstract class FallbackFunction extends HttpFunction {

    private final Map<String, List<String>> methodsByPath;

    /// @param methodsByPath the methods of every path template of the API
    protected FallbackFunction(Settings settings, Map<String, List<String>> methodsByPath) {
        super(settings);
        this.methodsByPath = methodsByPath;
    }

    /// The methods of every path template of the API.
    public final Map<String, List<String>> methodsByPath() {
        return methodsByPath;
    }

    @Override
    final Response answer(HttpEvent event, RequestLog.Entry entry) {
        entry.route = event.routeKey();
        if (event.method().equals("OPTIONS")) {
            return new Response(204, Map.of(), Optional.empty());
        }
        for (Map.Entry<String, List<String>> path : methodsByPath.entrySet()) {
            if (matches(path.getKey(), event.rawPath())) {
                throw new MethodNotAllowed(path.getValue());
            }
        }
        throw new NotFound();
    }

    /// Nobody is asked.
    @Override
    protected final void connect() {}

    @Override
    public final List<String> primingEvents() {
        return List.of(PrimingEvent.toNoRoute("PATCH"));
    }

    private static boolean matches(String template, String path) {
        String[] wanted = template.split("/", -1);
        String[] given = path.split("/", -1);
        if (wanted.length != given.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            boolean parameter = wanted[i].startsWith("{");
            if (parameter ? given[i].isEmpty() : !wanted[i].equals(given[i])) {
                return false;
            }
        }
        return true;
    }
}
