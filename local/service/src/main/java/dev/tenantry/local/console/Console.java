package dev.tenantry.local.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenantry.local.aws.http.Endpoint;
import dev.tenantry.local.aws.http.Request;
import dev.tenantry.local.aws.http.Response;
import dev.tenantry.local.reference.ClassPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// The tenant console at `/console`: each file at its path, and the page at every path that is no file's, since the
/// page itself knows which screens there are. Sources are read anew each time, so that an edit shows at once; libraries
/// come from the class path.
public final class Console implements Endpoint {

    /// Below which everything of it is.
    public static final String PATH = "/console/";

    /// Names that leave the directory by no trick.
    private static final Pattern FILE =
            Pattern.compile(PATH + "(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*/)*[A-Za-z0-9_-][A-Za-z0-9_.-]*[.][a-z0-9]+");

    private final ConsoleSettings settings;
    private final ConsoleHeaders headers;
    private final Path sources;

    /// @param sources where the files are that are written by hand; the class path has them, too
    public Console(ConsoleSettings settings, Path sources) {
        this.settings = settings;
        this.sources = sources;
        this.headers = new ConsoleHeaders(settings.connect());
    }

    @Override
    public Response answer(Request request) {
        return headers.on(
                request.method().equals("GET")
                        ? found(request)
                        : Response.json(405, "{\"message\":\"Method Not Allowed\"}")
                                .with("allow", "GET"));
    }

    private Response found(Request request) {
        String path = request.path();
        if (path.equals(PATH + "config.json")) {
            return new ConsoleFile(path, settings.json().getBytes(UTF_8)).answer(request);
        }
        if (path.substring(path.lastIndexOf('/')).indexOf('.') < 0) {
            return page(request);
        }
        return Optional.of(path)
                .filter(it -> FILE.matcher(it).matches())
                .flatMap(this::file)
                .map(bytes -> new ConsoleFile(path, bytes).answer(request))
                .orElseGet(() -> Response.json(404, "{\"message\":\"Not Found\"}"));
    }

    /// Uploaded, it is at the root of its origin.
    private Response page(Request request) {
        String page = new String(file(PATH + "index.html").orElseThrow(), UTF_8)
                .replace("<base href=\"/\">", "<base href=\"" + PATH + "\">");
        return new ConsoleFile("index.html", page.getBytes(UTF_8)).answer(request);
    }

    private Optional<byte[]> file(String path) {
        Path source = sources.resolve(path.substring(PATH.length()));
        if (!Files.isRegularFile(source)) {
            return ClassPath.find(path);
        }
        try {
            return Optional.of(Files.readAllBytes(source));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
