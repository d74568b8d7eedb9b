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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/// The console as it is deployed: the files that are uploaded, at the root of an origin that is neither the API nor the
/// identity provider, with the headers that `console/template.yaml` sends.
class ConsoleElsewhereInBrowserTest extends InBrowserTest {

    private static final Path FILES = Project.root().resolve("console/target/console");

    private static URI console;
    private static URI service;

    @BeforeAll
    static void start() throws IOException {
        WebServer server = WebServer.bind(0);
        console = server.uri();
        service = serve("PORTAL_ORIGINS", console.toString());
        server.serve(ConsoleElsewhereInBrowserTest::answer);
        belongs(server, console);
    }

    private static Response answer(Request request) {
        Response answer = file(request.path());
        for (Map.Entry<String, JsonNode> header : Json.parse(
                        read(Project.root().resolve("console/src/main/headers/console-headers.json")))
                .orElseThrow()
                .properties()) {
            answer = answer.with(header.getKey(), header.getValue().asText().replace("{connect}", service.toString()));
        }
        return answer;
    }

    private static Response file(String path) {
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

    @AfterEach
    void leave() {
        browser.block();
        browser.open(service + "/signout");
        browser.open(console.toString());
        browser.run("localStorage.clear()");
    }

    private static void signIn() {
        browser.open(console + "/t/demo/people");
        ConsoleInBrowserTest.awaitText(browser, "Elsewhere");
        ConsoleInBrowserTest.press(browser, "Sign in");
        ConsoleInBrowserTest.identify(browser, "admin@demo.example");
        ConsoleInBrowserTest.awaitText(browser, "viewer@demo.example");
        assertThat(browser.address()).isEqualTo(console + "/t/demo/people");
    }

    @Test
    void renewsATokenAndSignsInAgainWhereThatIsOver() {
        expectedComplaints.add("401 (Unauthorized)");
        expectedComplaints.add("blocked by CORS policy");
        expectedComplaints.add("net::ERR_FAILED");
        expectedComplaints.add("/token - Failed to load resource");
        signIn();
        // The gateway refuses without a word to another origin, so it looks like a network that is down.
        browser.run("const real = fetch; window.isRefused = true; window.fetch = (where, how) => {"
                + " if (String(where?.url ?? where).endsWith('/token')) isRefused = false;"
                + " if (isRefused && how?.headers?.Authorization) how.headers.Authorization = 'Bearer spoilt';"
                + " return real(where, how); }");
        ConsoleInBrowserTest.press(browser, "Access");
        ConsoleInBrowserTest.awaitText(browser, "127.0.0.1");
        assertThat(browser.value("return isRefused")).as("renewed").isEqualTo(false);

        browser.run("const real = performance.now.bind(performance); performance.now = () => 86400000 + real();"
                + "isRefused = true");
        browser.eventually(
                "fetch('" + service + "/signout', { mode: 'no-cors', credentials: 'include' }).then(() => 0)");
        // At once, since nobody can press what the dialog lies upon.
        browser.run("for (const screen of ['settings', 'profiles'])"
                + " document.querySelector(`nav a[href$='/t/demo/${screen}']`).click()");
        ConsoleInBrowserTest.awaitText(browser, "Your session has ended");
        ConsoleInBrowserTest.press(browser, "Sign in again");
        String here = browser.elsewhere(false);
        ConsoleInBrowserTest.identify(browser, "admin@demo.example");
        browser.backTo(here);
        ConsoleInBrowserTest.awaitText(browser, "Fast chargers behind the gate");
        browser.await("a window that closes by itself", () -> browser.windows() == 1);
    }

    @Test
    void takesAnErrorOfTheGatewayForNoEndOfTheSession() {
        signIn();
        // Any error of the gateway's own comes without CORS headers, which is a TypeError to whoever fetches.
        browser.run("const real = fetch; window.isBroken = true; window.fetch = (where, how) =>"
                + " isBroken && how?.headers?.Authorization ? Promise.reject(new TypeError('Failed to fetch'))"
                + " : real(where, how)");
        ConsoleInBrowserTest.press(browser, "Access");
        ConsoleInBrowserTest.awaitText(browser, "The service is very busy.");
        assertThat(browser.find("body").getText()).doesNotContain("session has ended", "No connection");
        browser.run("isBroken = false");
        ConsoleInBrowserTest.press(browser, "Try again");
        ConsoleInBrowserTest.awaitText(browser, "127.0.0.1");
    }

    @Test
    void asksTheApiWhetherItIsBack() {
        expectedComplaints.add("net::ERR_BLOCKED_BY_CLIENT");
        signIn();
        browser.forget();
        browser.block(service + "/*");
        ConsoleInBrowserTest.press(browser, "Access");
        ConsoleInBrowserTest.awaitText(browser, "No connection");
        browser.await("two looks", () -> asked("/") > 1);
        assertThat(asked("/tenant/demo/ips?limit=1000"))
                .as("what is not there is not asked again and again")
                .isEqualTo(1);
        browser.block();
        ConsoleInBrowserTest.awaitText(browser, "127.0.0.1");
        assertThat(browser.find("body").getText()).doesNotContain("No connection");
    }

    /// How often a path of the API was asked for; preflights aside.
    private static long asked(String path) {
        return browser.requests().stream()
                .filter(it -> it.equals(service + path))
                .count();
    }

    @Test
    void signsInAndAsksTheApiAcrossOrigins() {
        signIn();

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
