package dev.tenantry.tests.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.local.aws.http.Body;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.http.Request;
import dev.tenantry.local.aws.http.Response;
import dev.tenantry.local.aws.http.WebServer;
import dev.tenantry.tests.project.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/// The console as it is deployed: the files that are uploaded, at the root of an origin that is neither the API nor the
/// identity provider, with the headers that `console/template.yaml` sends.
class ConsoleElsewhereInBrowserTest extends InBrowserTest {

    private static final Path FILES = Project.root().resolve("console/target/console");

    private static URI console;

    @BeforeAll
    static void start() throws IOException {
        WebServer server = WebServer.bind(0);
        console = server.uri();
        URI service = serve("PORTAL_ORIGINS", console.toString());
        server.serve(request -> answer(request, service));
        belongs(server, console);
    }

    private static Response answer(Request request, URI service) {
        Response answer = file(request.path(), service);
        for (Map.Entry<String, JsonNode> header : Json.parse(
                        read(Project.root().resolve("console/src/main/headers/console-headers.json")))
                .orElseThrow()
                .properties()) {
            answer = answer.with(header.getKey(), header.getValue().asText().replace("{connect}", service.toString()));
        }
        return answer;
    }

    private static Response file(String path, URI service) {
        if (path.equals("/config.json")) {
            return Response.json(
                    200,
                    Json.text(Map.of(
                            "apiUrl", service.toString(),
                            "issuer", service.toString(),
                            "clientId", "console",
                            "scope", "openid profile email",
                            "title", "Elsewhere",
                            "brokerDomain", "")));
        }
        // As CloudFront's function has it.
        String name = path.substring(path.lastIndexOf('/')).contains(".") ? path.substring(1) : "index.html";
        Path file = FILES.resolve(name);
        return Files.isRegularFile(file)
                ? Response.of(200, type(name), Body.of(read(file).getBytes(UTF_8)))
                : Response.of(403);
    }

    private static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css";
            case "js" -> "text/javascript";
            case "json" -> "application/json";
            case "svg" -> "image/svg+xml";
            default -> "text/plain";
        };
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void signsInAndAsksTheApiAcrossOrigins() {
        browser.open(console + "/t/demo/people");
        ConsoleInBrowserTest.awaitText(browser, "Elsewhere");
        ConsoleInBrowserTest.press(browser, "Sign in");
        ConsoleInBrowserTest.identify(browser, "admin@demo.example");
        ConsoleInBrowserTest.awaitText(browser, "viewer@demo.example");
        assertThat(browser.address()).isEqualTo(console + "/t/demo/people");

        // Headers of a request that only a preflight allows, and of an answer that only CORS shows.
        browser.open(console + "/t/demo/settings");
        ConsoleInBrowserTest.awaitText(browser, "Demo Charging");
        browser.find("#field-name").sendKeys(" Ltd", Keys.ENTER);
        browser.await("the new name", () -> ConsoleInBrowserTest.says(browser, "Demo Charging Ltd"));
        browser.open(console + "/t/demo/access");
        ConsoleInBrowserTest.awaitText(browser, "127.0.0.1");
        assertThat(browser.eventually("fetch('/signed-in').then((answer) => answer.headers.get('x-frame-options'))")
                        .asText())
                .isEqualTo("DENY");
    }
}
