package dev.tenantry.tests.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.local.LocalService;
import dev.tenantry.local.aws.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/// What tests of the tenant console share: a service with its demo data, and what somebody does there.
abstract class ConsoleInBrowserTest extends InBrowserTest {

    static final String ADMIN = "admin@demo.example";
    static final String USER = "user@demo.example";
    static final String VIEWER = "viewer@demo.example";

    static URI service;

    /// Where usage is sent to.
    static URI queue;

    /// DynamoDB, for what is past the service.
    static URI table;

    private static String axe = "";

    @BeforeAll
    static void startService() throws IOException {
        LocalService local = started("INVITE_COOLDOWN_SECONDS", "0");
        service = local.uri();
        queue = local.sqsUri().orElseThrow();
        table = local.dynamoDbUri();
        try (InputStream in = ConsoleInBrowserTest.class.getResourceAsStream("/axe.min.js")) {
            axe = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
        }
    }

    @AfterEach
    void leave() {
        browser.open(service + "/signout");
        browser.run("localStorage.clear()");
        browser.resize(1440, 900);
        browser.prefer("light");
    }

    static String console(String path) {
        return service + "/console" + path;
    }

    /// Opens a page as somebody who has to sign in for it.
    static void open(Browser by, String path, String email) {
        by.open(console(path));
        by.await("the way to sign in", () -> !by.all("main .button-primary").isEmpty());
        by.find("main .button-primary").click();
        identify(by, email);
        by.await(
                "back at " + path,
                () -> by.address().startsWith(console(path))
                        && !by.all("[aria-label^='Account of']").isEmpty());
    }

    /// Says who somebody is on the provider's page.
    static void identify(Browser by, String email) {
        by.await(
                "the page that asks",
                () -> by.title().startsWith("Sign in –") && !by.all("#email").isEmpty());
        WebElement field = by.find("#email");
        field.clear();
        field.sendKeys(email, Keys.ENTER);
    }

    static void awaitText(Browser by, String text) {
        by.await(text, () -> says(by, text));
    }

    /// By a script, which does not mind that the page is being replaced.
    static boolean says(Browser by, String text) {
        return by.value("return document.body?.innerText ?? ''").toString().contains(text);
    }

    /// Presses what is called so, as somebody would who sees it: a button, a link or an item of a menu, once it can
    /// be pressed. Of several it is the last that nothing lies upon.
    static void press(Browser by, String name) {
        by.await(name, () -> {
            List<?> found = (List<?>) by.value(
                    "return [...document.querySelectorAll('button, a[href]')].filter((it) =>"
                            + " (it.getAttribute('aria-label') ?? it.textContent.trim()) === arguments[0]"
                            + " && it.getAttribute('aria-disabled') !== 'true' && it.checkVisibility()).filter((it) => {"
                            + " it.scrollIntoView({ block: 'center', behavior: 'instant' });"
                            + " const { left, top, width, height } = it.getClientRects()[0];"
                            + " return it.contains(document.elementFromPoint(left + width / 2, top + height / 2)); })"
                            + ".slice(-1)",
                    name);
            found.forEach(it -> ((WebElement) it).click());
            return !found.isEmpty();
        });
    }

    /// Chooses an option of a list.
    static void choose(Browser by, WebElement list, String value) {
        by.run(
                "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('change', { bubbles: true }))",
                list,
                value);
    }

    /// From now on, until the page is left, answers from addresses that match are held back.
    static void hold(Browser by, String pattern) {
        by.run(
                "const real = fetch; const slow = new RegExp(arguments[0]); window.held = [];"
                        + " window.fetch = async (where, how) => { const answer = await real(where, how);"
                        + " if (slow.test(String(where?.url ?? where))) await new Promise((go) => held.push(go));"
                        + " return answer; }",
                pattern);
    }

    static void awaitHeld(Browser by) {
        by.await(
                "an answer that is held back",
                () -> by.value("return held.length > 0").equals(true));
    }

    /// Lets go what is held back, and waits until the page has read it.
    static void letGo(Browser by) {
        by.run("held.splice(0).forEach((go) => go())");
        by.eventually("fetch('/_local/health').then((answer) => answer.text())"
                + ".then(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))))");
    }

    /// From now on the API makes a mistake where an address matches; with an empty pattern it makes none any more.
    static void fail(Browser by, String pattern) {
        by.run(
                "window.real ??= fetch; const bad = new RegExp(arguments[0] || '^$');"
                        + " window.fetch = async (where, how) => bad.test(String(where?.url ?? where))"
                        + " ? new Response('{\"code\":\"internal_error\",\"detail\":\"\",\"requestId\":\"made-up-1\"}',"
                        + " { status: 500 }) : real(where, how)",
                pattern);
    }

    /// Presses "Try again" wherever it stands, once, and waits until nothing is left that could not be read.
    static void retryAll(Browser by) {
        fail(by, "");
        by.await("all of it read", () -> {
            by.run("[...document.querySelectorAll('main [role=alert] button:not([data-pressed])')]"
                    + ".forEach((it) => { it.dataset.pressed = 'yes'; it.click(); })");
            return by.all("main [role=alert]").isEmpty();
        });
    }

    /// What axe-core finds wrong with the page, in words.
    static List<String> findings() {
        browser.run(axe);
        JsonNode results = browser.eventually("axe.run(document, { resultTypes: ['violations'] })");
        return results.path("violations")
                .valueStream()
                .map(it -> it.path("id").asText() + ": "
                        + it.path("nodes")
                                .valueStream()
                                .map(node -> node.path("html").asText() + " "
                                        + node.path("failureSummary").asText())
                                .toList())
                .toList();
    }

    /// The token of the latest mail to somebody.
    static String invited(String email) {
        return send("GET", "/_local/outbox", "", "")
                .valueStream()
                .filter(mail -> mail.path("to").asText().equals(email))
                .findFirst()
                .orElseThrow()
                .path("token")
                .asText();
    }

    /// Somebody else does something meanwhile.
    static JsonNode as(String email, String method, String path, String body) {
        String token = send("POST", "/_local/token", "{\"email\":\"" + email + "\"}", "")
                .path("access_token")
                .asText();
        return send(method, path, body, "Bearer " + token);
    }

    private static JsonNode send(String method, String path, String body, String authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.resolve(path))
                .method(method, BodyPublishers.ofString(body))
                .header("Content-Type", "application/json");
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            String answer =
                    client.send(request.build(), BodyHandlers.ofString()).body();
            return Json.parse(answer.isEmpty() ? "null" : answer).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// A password is told, and asks before it is lost.
    static void awaitToldOnce(String password) {
        awaitText(browser, "Copy the password now");
        assertThat(browser.attribute(browser.find("dialog input"), "value")).isEqualTo(password);
        browser.press(Keys.ESCAPE);
        awaitText(browser, "It would be lost.");
        browser.press(Keys.ESCAPE);
    }

    static void awaitFocusIn(String selector) {
        browser.await(
                "the focus in " + selector,
                () -> browser.value("return document.activeElement.matches(arguments[0])", selector)
                        .equals(true));
    }
}
