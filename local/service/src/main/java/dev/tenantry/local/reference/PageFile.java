package dev.tenantry.local.reference;

import dev.tenantry.local.aws.http.Body;
import dev.tenantry.local.aws.http.Response;

/// A page's own file on the class path, which may be edited at any time, as an answer.
final class PageFile {

    private PageFile() {}

    /// @param name from the root of the class path, such as `/docs/reference/page.html`
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

    /// A file of a library, which changes with its version alone.
    static Response of(WebJar library, String file, String contentType) {
        return Response.of(200, contentType, Body.of(library.read(file))).with("cache-control", "max-age=3600");
    }

    /// To whoever does anything but read.
    static Response notAllowed() {
        return Response.json(405, "{\"message\":\"Method Not Allowed\"}").with("allow", "GET");
    }

    static Response notFound() {
        return Response.json(404, "{\"message\":\"Not Found\"}");
    }
}
