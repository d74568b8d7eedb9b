package dev.tenantry.local.reference;

import dev.tenantry.local.aws.http.Body;
import dev.tenantry.local.aws.http.Endpoint;
import dev.tenantry.local.aws.http.Request;
import dev.tenantry.local.aws.http.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Swagger UI for the project's `openapi.yaml`, from the class path alone: no request leaves the machine.
public final class ApiReference implements Endpoint {

    private static final WebJar SWAGGER_UI = new WebJar("org.webjars", "swagger-ui");

    private static final Map<String, String> ASSETS = Map.of(
            "swagger-ui.css", "text/css; charset=utf-8",
            "swagger-ui-bundle.js", "text/javascript; charset=utf-8",
            "favicon-16x16.png", "image/png",
            "favicon-32x32.png", "image/png");

    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en">
              <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>Tenantry API</title>
                <link rel="stylesheet" href="/docs/swagger-ui.css">
                <link rel="stylesheet" href="/docs/bar.css">
                <link rel="icon" type="image/png" href="/docs/favicon-32x32.png" sizes="32x32">
                <link rel="icon" type="image/png" href="/docs/favicon-16x16.png" sizes="16x16">
              </head>
              <body>
                <header class="bar">
                  <span class="bar-name">Tenantry</span>
                  <nav aria-label="Pages">
                    <a href="/docs" aria-current="page">API reference</a>
                    <a href="/docs/usage">Usage</a>
                  </nav>
                </header>
                <div id="reference"></div>
                <script src="/docs/swagger-ui-bundle.js"></script>
                <script src="/docs/reference.js"></script>
              </body>
            </html>
            """;

    // Without validatorUrl the page would ask a public service for a badge.
    private static final String SCRIPT = """
            SwaggerUIBundle({
              dom_id: "#reference",
              url: "/openapi.yaml",
              validatorUrl: null,
              deepLinking: true,
              persistAuthorization: true
            });
            """;

    /// Makes the browser hold the page to "offline", whatever openapi.yaml says. The bundle has its images inline.
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
                    + " connect-src 'self'";

    private final Path openApi;

    /// @param openApi the project's description of its API
    public ApiReference(Path openApi) {
        this.openApi = openApi;
    }

    /// `/docs` and what is below it.
    @Override
    public Response answer(Request request) {
        if (!request.method().equals("GET")) {
            return Response.json(405, "{\"message\":\"Method Not Allowed\"}").with("allow", "GET");
        }
        return switch (request.path()) {
            case "/docs", "/docs/" ->
                Response.of(200, "text/html; charset=utf-8", Body.of(PAGE)).with("content-security-policy", POLICY);
            case "/docs/bar.css" ->
                Response.of(200, "text/css; charset=utf-8", Body.of(ClassPath.read("/docs/bar.css")));
            case "/docs/reference.js" -> Response.of(200, "text/javascript; charset=utf-8", Body.of(SCRIPT));
            default -> asset(request.path().substring("/docs/".length()));
        };
    }

    /// `/openapi.yaml`, read anew each time, so that an edit shows at once.
    public Response description(Request request) {
        if (!Files.isRegularFile(openApi)) {
            return Response.json(404, "{\"message\":\"The project has no openapi.yaml.\"}");
        }
        try {
            return Response.of(200, "application/yaml", Body.of(Files.readAllBytes(openApi)))
                    .with("cache-control", "no-cache");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Response asset(String name) {
        String contentType = ASSETS.get(name);
        if (contentType == null) {
            return Response.json(404, "{\"message\":\"Not Found\"}");
        }
        return Response.of(200, contentType, Body.of(SWAGGER_UI.read(name))).with("cache-control", "max-age=3600");
    }
}
