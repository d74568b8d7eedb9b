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
import java.util.regex.Pattern;

/// The API reference at `/docs`: Swagger UI for the project's `openapi.yaml` in a frame of our own (docs/adr/0025),
/// from the class path alone: no request leaves the machine.
public final class ApiReference implements Endpoint {

    private static final WebJar SWAGGER_UI = new WebJar("org.webjars", "swagger-ui");

    private static final Map<String, String> ASSETS = Map.of(
            "swagger-ui.css", "text/css; charset=utf-8",
            "swagger-ui-bundle.js", "text/javascript; charset=utf-8",
            "favicon-16x16.png", "image/png",
            "favicon-32x32.png", "image/png");

    private static final String FILES = "/docs/reference/";

    /// A name without a slash or a second dot leaves the directory by no trick.
    private static final Pattern FILE = Pattern.compile(FILES + "[a-z]+[.](?:css|js)");

    /// Makes the browser hold the page to "offline", whatever openapi.yaml says. The bundle has its images inline.
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
                    + " connect-src 'self'; frame-ancestors 'none'";

    private final Path openApi;

    /// @param openApi the project's description of its API
    public ApiReference(Path openApi) {
        this.openApi = openApi;
    }

    /// `/docs` and what is below it.
    @Override
    public Response answer(Request request) {
        if (!request.method().equals("GET")) {
            return PageFile.notAllowed();
        }
        return switch (request.path()) {
            case "/docs", "/docs/" ->
                PageFile.answer("/docs/reference/page.html").with("content-security-policy", POLICY);
            case "/docs/bar.css" -> PageFile.answer("/docs/bar.css");
            default ->
                FILE.matcher(request.path()).matches()
                        ? PageFile.answer(request.path())
                        : asset(request.path().substring("/docs/".length()));
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
            return PageFile.notFound();
        }
        return PageFile.of(SWAGGER_UI, name, contentType);
    }
}
