package dev.tenantry.tests.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.tests.openapi.OpenApi;
import dev.tenantry.tests.openapi.Operation;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/// The API reference in a real browser, over the service with its demo data.
class ReferenceInBrowserTest extends InBrowserTest {

    private static final OpenApi API = OpenApi.load();

    /// What a first try of the demo's admin comes to where it is no success, and why that is what was asked for.
    private static final Map<String, Integer> REFUSED = Map.of(
            // The newcomer's invite: only whoever it was sent to may accept it.
            "POST /invite/accept", 403,
            // The demo has a subscription, which can't begin twice and would go on without its tenant.
            "POST /tenant/{tenant}/billing/checkout", 409,
            "DELETE /tenant/{tenant}", 409,
            // The demo has no custom domain.
            "POST /tenant/{tenant}/domain", 409,
            // Provisioning is off before it is started.
            "PUT /tenant/{tenant}/provision", 409,
            // The change before has made it the default, which can't go while there are others.
            "DELETE /tenant/{tenant}/profile/{profileId}", 409);

    /// First what only looks, then what changes, at last what removes: single things before the tenant that has
    /// them.
    private static final Comparator<Operation> ORDER = Comparator.<Operation>comparingInt(
                    operation -> List.of("GET", "PUT", "POST", "DELETE").indexOf(operation.method()))
            .thenComparing(operation ->
                    operation.method().equals("DELETE") ? -operation.path().length() : 0);

    /// Whatever is wider than the screen, other than what scrolls within itself; and the page, if it can be
    /// scrolled sideways.
    private static final String OVERFLOWING = """
            const wide = [...document.querySelectorAll("body *")].filter((it) => {
              const { right, width } = it.getBoundingClientRect();
              if (width === 0 || right <= innerWidth + 1) {
                return false;
              }
              for (let around = it.parentElement; around; around = around.parentElement) {
                if (getComputedStyle(around).overflowX !== "visible" && around.getBoundingClientRect().right <= innerWidth + 1) {
                  return false;
                }
              }
              return true;
            });
            const page = document.documentElement;
            return [...wide.slice(0, 5), ...(page.scrollWidth > innerWidth ? [page] : [])]
              .map((it) => `${it.tagName}.${it.className}`);
            """;

    /// The status of an answer that an operation's block shows, or nothing.
    private static final String STATUS = """
            return [...document.querySelectorAll(`${arguments[0]} .live-responses-table .response-col_status`)]
              .map((it) => /^[0-9]{3}/.exec(it.textContent))
              .find((it) => it)?.[0] ?? "";
            """;

    private static URI site;

    @BeforeAll
    static void start() {
        site = serve();
    }

    /// Whatever changes something, and whatever is one of many. Lists, whose forms have nothing that must be filled
    /// in, others try.
    @Test
    void answersTheFirstTryOfEachOperationAndFitsANarrowScreen() {
        expectedComplaints.add("the server responded with a status of 403");
        expectedComplaints.add("the server responded with a status of 409");
        List<String> accidents = new ArrayList<>();
        try {
            browser.resize(390, 844);
            // A service of its own: everything is deleted in the end.
            open(serve());
            assertThat(browser.value(OVERFLOWING)).as("all operations, closed").isEqualTo(List.of());
            signIn("admin@demo.example");
            assertThat(browser.value(OVERFLOWING)).isEqualTo(List.of());
            browser.find(".about summary").click();
            assertThat(browser.value(OVERFLOWING)).as("the introduction").isEqualTo(List.of());
            for (Operation operation : API.operations().stream()
                    .filter(it -> !it.method().equals("GET") || it.path().endsWith("}"))
                    .sorted(ORDER)
                    .toList()) {
                int status = tryOut(operation);
                if (REFUSED.containsKey(operation.route())
                        ? status != REFUSED.get(operation.route())
                        : status < 200 || status > 299) {
                    accidents.add(operation.route() + " " + status + " "
                            + browser.find(block(operation) + " .live-responses-table")
                                    .getText());
                }
                assertThat(browser.value(OVERFLOWING)).as(operation.route()).isEqualTo(List.of());
                close(operation);
            }
        } finally {
            browser.resize(1280, 1000);
        }
        assertThat(accidents).isEmpty();
    }

    @Test
    void sendsNothingThatNobodyChose() {
        open();
        signIn("admin@demo.example");
        tryOut(operation("GET /tenant/{tenant}/metrics"));
        tryOut(operation("GET /tenant/{tenant}/audit"));
        assertThat(browser.requests())
                .filteredOn(url -> url.endsWith("/metrics") || url.endsWith("/audit"))
                .hasSize(2);
        assertThat(browser.requests()).noneMatch(url -> url.contains("/metrics?") || url.contains("/audit?"));
    }

    @Test
    void letsAnybodySignIn() {
        expectedComplaints.add("the server responded with a status of 403");
        open();
        signIn("viewer@demo.example");
        assertThat(browser.find("#whoever").getText()).isEqualTo("Signed in as viewer@demo.example, viewer of demo.");
        assertThat(tryOut(operation("GET /tenant/{tenant}/user"))).isEqualTo(200);
        assertThat(tryOut(operation("PUT /tenant/{tenant}"))).isEqualTo(403);
        signIn("stranger@example.com");
        assertThat(browser.find("#whoever").getText())
                .isEqualTo("Signed in as stranger@example.com, who belongs to no tenant yet.");
        assertThat(tryOut(operation("GET /tenant"))).isEqualTo(200);
        assertThat(browser.find(block(operation("GET /tenant")) + " .live-responses-table")
                        .getText())
                .contains("[]");
    }

    @Test
    void letsTheNewcomerAcceptTheInvite() {
        open();
        signIn("newcomer@demo.example");
        assertThat(tryOut(operation("POST /invite/accept"))).isEqualTo(200);
    }

    @Test
    void remembersWhoIsSignedIn() {
        open();
        signIn("user@demo.example");
        browser.reload();
        quieten();
        browser.await("signed in", () -> browser.find("#whoever").getText().startsWith("Signed in as user@"));
        assertThat(tryOut(operation("GET /tenant/{tenant}/stats"))).isEqualTo(200);
    }

    @Test
    void saysWhyNobodyIsSignedIn() {
        expectedComplaints.add("the server responded with a status of 400");
        open();
        browser.run("document.getElementById('email').type = 'text'");
        enter("nobody");
        browser.await(
                "the refusal of /_local/token",
                () -> browser.find("#whoever")
                        .getText()
                        .equals("No token was issued: the request is invalid. Send for example"
                                + " {\"email\":\"ada@example.com\"}."));
    }

    @Test
    void hasTheFirstOperationOnTheFirstScreen() {
        for (int[] screen : new int[][] {{1280, 720}, {390, 844}}) {
            try {
                browser.resize(screen[0], screen[1]);
                open();
                browser.await(
                        "the first operation at " + screen[0] + " px",
                        () -> browser.value("return document.querySelector('.opblock')"
                                        + ".getBoundingClientRect().bottom <= innerHeight")
                                .equals(true));
            } finally {
                browser.resize(1280, 1000);
            }
        }
    }

    @Test
    void leadsToEachOperationByTag() {
        open();
        assertThat(browser.all("#endpoints a")).hasSameSizeAs(API.operations());
        assertThat(browser.all("#endpoints h2")).hasSizeGreaterThan(3);
        Operation last = API.operations().getLast();
        choose(last);
        assertThat(browser.address()).endsWith("/" + last.id());
        browser.await("its form", () -> browser.find(block(last) + " .execute").isDisplayed());
        browser.reload();
        browser.await(
                "the same operation",
                () -> !browser.all(block(last) + ".is-open").isEmpty());
    }

    @Test
    void findsOperationsByTheKeyboardAlone() {
        open();
        browser.find("body").sendKeys("/");
        browser.find("#search").sendKeys("put", " profile");
        assertThat(browser.all("#endpoints li").stream().filter(it -> it.isDisplayed()))
                .singleElement()
                .satisfies(found -> assertThat(found.getText()).contains("PUT"));
        assertThat(browser.find("#found").getText()).isEqualTo("1 endpoint");
        browser.find("#search").sendKeys(Keys.ENTER);
        Operation update = operation("PUT /tenant/{tenant}/profile/{profileId}");
        browser.await("it", () -> !browser.all(block(update) + ".is-open").isEmpty());
        browser.await(
                "the focus there",
                () -> Boolean.TRUE.equals(
                        browser.value("return document.activeElement.matches('.opblock-summary-control')")));
        browser.find("#search").clear();
        browser.find("#search").sendKeys("no such thing");
        assertThat(browser.find("#found").getText()).isEqualTo("0 endpoints");
    }

    @Test
    void followsTheColourScheme() {
        try {
            open();
            Object light = browser.value("return getComputedStyle(document.body).backgroundColor");
            Object text = browser.value("return getComputedStyle(document.querySelector('.opblock-tag')).color");
            browser.prefer("dark");
            browser.await(
                    "dark",
                    () -> !light.equals(browser.value("return getComputedStyle(document.body).backgroundColor")));
            // Swagger UI fades its colours: for a moment the text still has the one before.
            browser.await(
                    "light text on it",
                    () -> !text.equals(
                            browser.value("return getComputedStyle(document.querySelector('.opblock-tag')).color")));
        } finally {
            browser.prefer("light");
        }
    }

    private static void open() {
        open(site);
    }

    private static void open(URI service) {
        browser.open("about:blank");
        browser.open(service + "/docs");
        browser.await(
                "the reference",
                () -> !browser.all(".opblock").isEmpty()
                        && !browser.all("#endpoints a").isEmpty());
    }

    private static void signIn(String email) {
        quieten();
        enter(email);
        browser.await("signed in", () -> browser.find("#whoever").getText().startsWith("Signed in as " + email));
    }

    private static void enter(String email) {
        browser.find("#email").clear();
        browser.find("#email").sendKeys(email, Keys.ENTER);
    }

    private static Operation operation(String route) {
        return API.operations().stream()
                .filter(operation -> operation.route().equals(route))
                .findFirst()
                .orElseThrow();
    }

    private static String block(Operation operation) {
        return ".opblock[id$='-" + operation.id() + "']";
    }

    private static void choose(Operation operation) {
        // By script: on a small screen the list may be folded.
        browser.run("document.querySelector(`#endpoints a[href$='/${arguments[0]}']`).click()", operation.id());
        browser.await(
                "the form of " + operation.id(),
                () -> !browser.all(block(operation) + " .execute").isEmpty());
    }

    /// Swagger UI draws all that is open anew with every step, and again while it fades.
    private static void quieten() {
        browser.await("the reference", () -> !browser.all(".opblock-tag").isEmpty());
        foldAllTags();
        stopFading();
    }

    private static void foldAllTags() {
        browser.run("document.querySelectorAll('.opblock-tag-section.is-open > .opblock-tag')"
                + ".forEach((it) => it.click())");
    }

    private static void stopFading() {
        browser.run("const style = document.createElement('style');"
                + "style.textContent = '* { transition: none !important; animation: none !important }';"
                + "document.head.append(style)");
    }

    /// Folds an operation, and its tag: Swagger UI gets slow with many that are open.
    private static void close(Operation operation) {
        browser.run(
                "const block = document.querySelector(arguments[0]);"
                        + "const tag = block.closest('.opblock-tag-section').querySelector('.opblock-tag');"
                        + "block.querySelector('.opblock-summary-control').click();"
                        + "tag.click()",
                block(operation));
    }

    /// Sends an operation's form as it is.
    ///
    /// @return the status that the page shows
    private static int tryOut(Operation operation) {
        choose(operation);
        browser.run("document.querySelector(arguments[0] + ' .execute').click()", block(operation));
        // By one script: asking WebDriver for the text of each element takes it longer than the whole answer.
        Supplier<String> status = () -> String.valueOf(browser.value(STATUS, block(operation)));
        browser.await("an answer to " + operation.route(), () -> !status.get().isEmpty());
        return Integer.parseInt(status.get());
    }
}
