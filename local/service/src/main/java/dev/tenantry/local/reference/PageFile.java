package dev.tenantry.local.reference;

import dev.tenantry.local.aws.http.Body;
import dev.tenantry.local.aws.http.Response;

/// A page's own file on the class path, which may be edited at any time, as an answer.
final class PageFile {

    private PageFile() {}

    /// @param name from the root of the class path, such as `/docs/usage/page.html`
    /// @return 404 if there is no such file
    static Response answer(String name) {
        return ClassPath.find(name)
                .map(bytes ->
                        Response.of(200, contentType(name), Body.of(bytes)).with("cache-control", "no-cache"))
                .orElseGet(PageFile::notFound);
    }

    static String contentType(String name) {
        return switch (name.substring(name.lastIndexOf('.'))) {
            case ".html" -> "text/html; charset=utf-8";
            case ".css" -> "text/css; charset=utf-8";
            default -> "text/javascript; charset=utf-8";
        };
    }

    static Response notFound() {
        return Response.json(404, "{\"message\":\"Not Found\"}");
    }
}
