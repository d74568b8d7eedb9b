package dev.tenantry.tests.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.local.aws.http.Body;
import dev.tenantry.local.aws.http.Request;
import dev.tenantry.local.aws.http.Response;
import dev.tenantry.local.aws.http.WebServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/// A portal that signs people in with oidc-client-ts, in a real browser, on an origin of its own.
class SignInInBrowserTest extends InBrowserTest {

    private static final String ADMIN = "button[value='admin@demo.example']";

    private static URI portal;
    private static URI service;

    @BeforeAll
    static void start() throws IOException {
        WebServer pages = WebServer.bind(0);
        belongs(pages, pages.uri());
        pages.serve(SignInInBrowserTest::page);
        portal = pages.uri();
        service = serve("PORTAL_ORIGINS", portal.toString());
    }

    @BeforeEach
    void open() {
        browser.open(portal + "/?api=" + service);
        browser.await(
                "the portal's scripts",
                () -> browser.value("return typeof call === 'function'").equals(true));
    }

    @AfterEach
    void signOut() {
        browser.open(service + "/signout");
        browser.open(portal + "/");
    }

    @Test
    void signsInReadsRenewsAndSignsOut() {
        signInAs(ADMIN);
        JsonNode user = browser.eventually("portal.getUser()");
        assertThat(user.at("/profile/email").asText()).isEqualTo("admin@demo.example");
        assertThat(user.at("/profile/given_name").asText()).isEqualTo("Admin");
        assertThat(user.path("scope").asText()).isEqualTo("openid profile email");
        for (String token : List.of("access_token", "id_token")) {
            JsonNode answer =
                    browser.eventually("portal.getUser().then((user) => call('/tenant/demo', user." + token + "))");
            assertThat(answer.path("status").asInt()).as(token).isEqualTo(200);
            assertThat(answer.at("/body/domainPrefix").asText()).isEqualTo("demo");
        }

        JsonNode renewed = browser.eventually("portal.signinSilent()");
        assertThat(renewed.path("refresh_token").asText())
                .isNotEmpty()
                .isNotEqualTo(user.path("refresh_token").asText());
        assertThat(browser.eventually("portal.getUser().then((user) => call('/tenant/demo', user.access_token))")
                        .path("status")
                        .asInt())
                .isEqualTo(200);

        browser.run("portal.signoutRedirect()");
        browser.await("the way back", () -> browser.address().startsWith(portal + "/bye"));
        assertThat(browser.eventually("portal.signinSilent()").path("failure").asText())
                .contains("Nobody has signed in with this browser lately.");
    }

    @Test
    void renewsInAFrameWithoutARefreshToken() {
        signInAs(ADMIN);
        JsonNode renewed = browser.eventually("portal.removeUser().then(() => portal.signinSilent())");
        assertThat(renewed.at("/profile/email").asText()).isEqualTo("admin@demo.example");
    }

    @Test
    void remembersWhoSignedInUntilTheySignOut() {
        signInAs(ADMIN);
        browser.run("portal.signinRedirect({ state: 'again' })");
        browser.await("signed in without a question", () -> text().equals("Signed in: admin@demo.example again"));
        browser.run("portal.signinRedirect({ prompt: 'login' })");
        browser.await("the page that asks", () -> browser.title().equals("Sign in – Tenantry"));
    }

    @Test
    void takesAnyAddressThatIsTyped() {
        browser.run("portal.signinRedirect({ login_hint: 'ada@example.com' })");
        browser.await("the page that asks", () -> browser.title().equals("Sign in – Tenantry"));
        WebElement field = browser.find("#email");
        assertThat(browser.attribute(field, "value")).isEqualTo("ada@example.com");
        field.clear();
        field.sendKeys("grace.hopper@example.com", Keys.ENTER);
        browser.await("signed in", () -> text().equals("Signed in: grace.hopper@example.com"));
        JsonNode answer = browser.eventually("portal.getUser().then((user) => call('/tenant', user.access_token))");
        assertThat(answer.path("body")).isEmpty();
    }

    @Test
    void comesBackWhenThePersonWouldRatherNot() {
        browser.run("portal.signinRedirect()");
        browser.await("the page that asks", () -> browser.title().equals("Sign in – Tenantry"));
        browser.find("main a").click();
        browser.await("told so", () -> text().equals("Not signed in: The person went back without signing in."));
    }

    @Test
    void hidesFromScriptsWhatTheGatewayRefuses() {
        expectedComplaints.add("blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present");
        expectedComplaints.add("/tenant/demo - Failed to load resource: net::ERR_FAILED");
        JsonNode answer = browser.eventually("call('/tenant/demo', 'no-token')");
        assertThat(answer.path("failure").asText()).isEqualTo("TypeError: Failed to fetch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void fitsOnATelephone(String colourScheme) {
        browser.prefer(colourScheme);
        browser.resize(390, 844);
        browser.run("portal.signinRedirect()");
        browser.await("the page that asks", () -> browser.title().equals("Sign in – Tenantry"));
        assertThat(browser.value("return document.documentElement.scrollWidth"))
                .isEqualTo(browser.value("return document.documentElement.clientWidth"));
        assertThat(browser.value("return getComputedStyle(document.body).backgroundColor"))
                .isEqualTo(colourScheme.equals("dark") ? "rgb(14, 21, 28)" : "rgb(244, 246, 249)");
        assertThat(browser.all("script")).isEmpty();
        browser.resize(1280, 1000);
    }

    /// By keyboard alone.
    private static void signInAs(String button) {
        browser.run("portal.signinRedirect()");
        browser.await("the page that asks", () -> browser.title().equals("Sign in – Tenantry"));
        assertThat(browser.find(".address").getText()).isEqualTo(portal + "/callback");
        browser.find(button).sendKeys(Keys.ENTER);
        browser.await("signed in", () -> text().startsWith("Signed in: "));
    }

    private static String text() {
        return browser.all("body").stream().map(WebElement::getText).findFirst().orElse("");
    }

    /// The page on each path, but for what it is made of. It frames itself to renew a sign-in, as portals do.
    private static Response page(Request request) {
        boolean isScript = request.path().endsWith(".js");
        String resource = isScript ? request.path() : "/portal/page.html";
        try (InputStream in = SignInInBrowserTest.class.getResourceAsStream(resource)) {
            return in == null
                    ? Response.of(404)
                    : Response.of(
                                    200,
                                    isScript ? "text/javascript; charset=utf-8" : "text/html; charset=utf-8",
                                    Body.of(in.readAllBytes()))
                            .with("content-security-policy", "frame-ancestors 'self'");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
