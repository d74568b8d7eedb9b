package dev.tenantry.tests.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.tests.project.Project;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/// What every screen of the console has to be: for everybody, on any device, and quickly there. What was looked at is
/// kept as pictures in `tests/target/console`.
class ConsoleLooksInBrowserTest extends ConsoleInBrowserTest {

    private static final Path PICTURES = Project.root().resolve("tests/target/console");
    private static final int FIRST_LOAD_BYTES = 120_000;

    /// Each screen that is there before anybody signs in, with what tells that it is.
    private static final Map<String, String> OPEN =
            Map.of("/", "Welcome to Tenantry", "/invite/accept?token=abc", "Sign in to accept");

    /// Each screen of an admin of the demo tenant, with what tells that it is there.
    private static final Map<String, String> SCREENS = Map.ofEntries(
            Map.entry("/", "Demo Charging"),
            Map.entry("/new", "Prefix"),
            Map.entry("/t/demo", "refused lately"),
            Map.entry("/t/demo/people", "newcomer@demo.example"),
            Map.entry("/t/demo/profiles", "Fast chargers behind the gate"),
            Map.entry("/t/demo/profiles/2", "Add key"),
            Map.entry("/t/demo/access", "Your address:"),
            Map.entry("/t/demo/settings", "Custom domain"),
            Map.entry("/t/demo/chargers", "STREET-12"),
            Map.entry("/t/demo/chargers/refusals", "RDAM 123"),
            Map.entry("/t/demo/chargers/import", "Choose a file"),
            Map.entry("/t/demo/usage", "The same numbers as a table"),
            Map.entry("/t/demo/billing", "Quantity: 25"),
            Map.entry("/t/demo/audit", "STREET-01"),
            Map.entry("/t/nowhere/people", "Tenant not found"),
            Map.entry("/invite/accept?token=abc", "Accept the invite as"));

    private static int looked;

    @Test
    void isForEverybodyOnEveryDevice() {
        expectedComplaints.add("/tenant/nowhere - Failed to load resource");
        OPEN.forEach((path, text) -> {
            browser.open(console(path));
            look("open" + path, text);
        });
        open(browser, "/", ADMIN);
        SCREENS.forEach((path, text) -> {
            browser.open(console(path));
            look(path, text);
        });
        browser.open(console("/t/demo/people"));
        press(browser, "Invite");
        look("/t/demo/people-invite", "Invite a colleague");
        press(browser, "Cancel");
        press(browser, "Actions for Viewer Demo");
        look("/t/demo/people-menu", "Remove");
        browser.open(console("/t/demo/profiles/new"));
        press(browser, "Add key");
        press(browser, "Create profile");
        look("/t/demo/profiles-new", "Enter a name.");
        press(browser, "Cancel");
        press(browser, "Discard");
        awaitText(browser, "Fast chargers behind the gate");
        browser.open(console("/t/demo/access"));
        press(browser, "Add entry for chargers");
        look("/t/demo/access-add", "This is the first entry");
        looksAtChargers();
    }

    @Test
    void isForEverybodyWhereThingsAreNotAsUsual() {
        expectedComplaints.add("net::ERR_BLOCKED_BY_CLIENT");
        expectedComplaints.add("TypeError");
        as("sue@x.example", "POST", "/tenant", "{\"name\":\"Sue\",\"domainPrefix\":\"sues\"}");
        as(ADMIN, "POST", "/2015-03-31/functions/OperatorFunction/invocations", "{\"suspend\":{\"tenant\":\"sues\"}}");
        browser.open(console("/nowhere"));
        look("/nowhere", "Page not found");
        open(browser, "/t/sues/people", "sue@x.example");
        look("suspended", "This tenant is suspended");
        // No list that it could draw.
        browser.run("const real = fetch; window.fetch = (where, how) => String(where).includes('/ips')"
                + " ? Promise.resolve(Response.json({})) : real(where, how)");
        press(browser, "Access");
        look("broken", "This page cannot be shown");
        browser.block(service + "/tenant*");
        browser.reload();
        look("started-offline", "The service cannot be reached. Try again");
        browser.block();
    }

    @Test
    void isForEverybodyWhoTakesChargersInAndOut(@TempDir Path folder) throws IOException {
        open(browser, "/t/demo/chargers", ADMIN);
        awaitText(browser, "STREET-12");
        hold(browser, "limit=1000");
        press(browser, "More");
        press(browser, "Download as CSV");
        awaitHeld(browser);
        look("/t/demo/chargers-export", "Download chargers");
        press(browser, "Cancel");
        press(browser, "Add charger");
        browser.find("#field-identity").sendKeys("TOLD-1");
        browser.find("#field-own").click();
        press(browser, "Generate");
        browser.find("dialog button[type=submit]").click();
        look("/t/demo/chargers-told", "Copy the password now");
        press(browser, "I have copied it");
        browser.open(console("/t/demo/chargers/import"));
        awaitText(browser, "Choose a file");
        Path file = Files.writeString(folder.resolve("some.csv"), "identity,displayName\nGOOD-1,A name\nbad one!,\n");
        browser.find("input[type=file]").sendKeys(file.toString());
        look("/t/demo/chargers-import-preview", "bad one!");
    }

    private static void looksAtChargers() {
        browser.open(console("/t/demo/chargers"));
        awaitText(browser, "STREET-12");
        press(browser, "Open provisioning");
        look("/t/demo/chargers-provisioning", "Limit how many may register");
        browser.find("dialog button[type=submit]").click();
        awaitText(browser, "0 of at most 100 registered");
        // Others of these tests add some.
        String chosen = browser.all("main tbody tr").size() + " chargers selected";
        browser.find("thead input[type=checkbox]").click();
        look("/t/demo/chargers-chosen", chosen);
        browser.resize(390, 844);
        assertThat((Long) browser.value("return document.querySelector('.savebar').offsetHeight"))
                .as("what can be done with many leaves the rows to be seen")
                .isLessThan(100);
        press(browser, "Actions for " + chosen);
        browser.await(
                "above the bar",
                () -> browser.value(
                                "const { top, bottom } = document.querySelector('.menu-list').getBoundingClientRect();"
                                        + " return top > 0 && bottom < innerHeight")
                        .equals(true));
        browser.picture(PICTURES.resolve("t-demo-chargers-chosen-menu-390-light.png"));
        browser.press(Keys.ESCAPE);
        browser.resize(1440, 900);
        press(browser, "Add charger");
        browser.find("#field-own").click();
        look("/t/demo/chargers-add", "How chargers hold it");
        press(browser, "Close");
        press(browser, "STREET-01");
        look("/t/demo/charger", "Station 150");
    }

    @Test
    void hasALinkToTheContentAndADrawerWhereItIsNarrow() {
        open(browser, "/t/demo/people", ADMIN);
        awaitText(browser, "viewer@demo.example");
        browser.resize(390, 844);
        press(browser, "Open navigation");
        browser.await(
                "the drawer",
                () -> !browser.all("dialog.drawer[open] a[aria-current=page]").isEmpty());
        awaitFocusIn("a[aria-current=page]");
        assertThat(findings()).isEmpty();
        press(browser, "People");
        browser.await(
                "closed by the link to where one is",
                () -> browser.all("dialog.drawer").isEmpty());
        awaitFocusIn("[aria-label='Open navigation']");
        browser.run("document.querySelector('a.skip').focus()");
        browser.press(Keys.ENTER);
        awaitFocusIn("main");
    }

    @Test
    void fitsWhateverPeopleCallThings() {
        String email = "lo@x.example";
        as(email, "POST", "/tenant", "{\"name\":\"" + "N".repeat(100) + "\",\"domainPrefix\":\"long-names\"}");
        String profile =
                "{\"displayName\":\"" + "P".repeat(100) + "\",\"cpmsUrl\":\"wss://x.example/" + "q".repeat(400) + "\"}";
        as(email, "POST", "/tenant/long-names/profile", profile);
        String charger = "{\"identity\":\"" + "I".repeat(48) + "\",\"displayName\":\"" + "C".repeat(100) + "\"}";
        String id = as(email, "POST", "/tenant/long-names/charger", charger)
                .path("id")
                .asText();
        as(email, "POST", "/tenant/long-names/provision", "{}");
        open(browser, "/t/long-names", email);
        browser.resize(390, 844);
        Map.of(
                        "",
                        "Connect your chargers",
                        "/chargers",
                        "CCC",
                        "/chargers/" + id,
                        "What it says of itself",
                        "/profiles",
                        "PPP",
                        "/profiles/1",
                        "Add key",
                        "/audit",
                        "CCC")
                .forEach((path, text) -> {
                    browser.open(console("/t/long-names" + path));
                    awaitText(browser, text);
                    fits(path, 390);
                });
    }

    @Test
    void isQuicklyThere() throws Exception {
        browser.open("about:blank");
        browser.forget();
        browser.open(console("/"));
        awaitText(browser, "Welcome to Tenantry");
        assertThat(isLight(List.copyOf(browser.requests())).keySet())
                .as("read once and asked for at once")
                .contains(console("/app/main.js"), console("/texts/en/common.json"));
    }

    /// Most loads are of somebody who is signed in: the page, the way through the provider, and the overview.
    @Test
    void isQuicklyThereForWhoeverIsSignedIn() throws Exception {
        open(browser, "/t/demo", ADMIN);
        awaitText(browser, "refused lately");
        browser.open("about:blank");
        browser.forget();
        browser.open(console("/t/demo"));
        awaitText(browser, "refused lately");
        List<String> urls = List.copyOf(browser.requests());
        assertThat(isLight(urls.stream()
                                .filter(it -> it.startsWith(console("/")))
                                .toList())
                        .keySet())
                .contains(console("/app/screens/overview.js"), console("/texts/en/overview.json"));
        // Once each: what is looked at again and again may be so before this is counted.
        assertThat(urls.stream().filter(it -> it.startsWith(service + "/tenant")))
                .as("what the overview asks the API")
                .satisfies(calls -> assertThat(Set.copyOf(calls)).hasSizeLessThanOrEqualTo(8));
    }

    /// @return what of it has how many bytes
    private static Map<String, Integer> isLight(List<String> urls) throws Exception {
        Map<String, Integer> sizes = new TreeMap<>();
        for (String url : urls) {
            sizes.put(url, zipped(url));
        }
        int sum = sizes.values().stream().mapToInt(it -> it).sum();
        System.out.println("The console's first load: " + sum + " bytes in " + sizes.size() + " requests");
        assertThat(sum).as("compressed bytes of the first load: " + sizes).isLessThan(FIRST_LOAD_BYTES);
        return sizes;
    }

    @Test
    void servesWhatHasNotChangedOnlyOnce() throws Exception {
        URI file = URI.create(console("/app/main.js"));
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> first =
                    client.send(HttpRequest.newBuilder(file).build(), BodyHandlers.ofString());
            String tag = first.headers().firstValue("etag").orElseThrow();
            HttpResponse<String> again = client.send(
                    HttpRequest.newBuilder(file).header("If-None-Match", tag).build(), BodyHandlers.ofString());
            assertThat(again.statusCode()).isEqualTo(304);
            for (String path : List.of("/app/none.js", "/app/..%2f..%2frun.js", "/config.jso")) {
                HttpResponse<String> none = client.send(
                        HttpRequest.newBuilder(URI.create(console(path))).build(), BodyHandlers.ofString());
                assertThat(none.statusCode()).as(path).isIn(404, 405);
            }
        }
    }

    /// On a telephone in the dark, and on a wide screen in the light: one screen at the usual width, the next one
    /// at the widest.
    private static void look(String name, String text) {
        awaitText(browser, text);
        int wide = looked++ % 2 == 0 ? 1440 : 1920;
        for (int width : List.of(390, wide)) {
            browser.resize(width, 900);
            // Either width and either scheme, and not each with each: what is wrong with one colour is so at any width.
            String scheme = width == 390 ? "dark" : "light";
            browser.prefer(scheme);
            settle();
            browser.picture(PICTURES.resolve(
                    name.replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "") + "-" + width + "-" + scheme + ".png"));
            assertThat(findings()).as(name + " at " + width + " px, " + scheme).isEmpty();
            fits(name, width);
        }
        // What is too wide for one of the two is seen without a judgement on the rest.
        browser.resize(wide == 1440 ? 1920 : 1440, 900);
        fits(name, wide == 1440 ? 1920 : 1440);
    }

    private static void fits(String name, int width) {
        // By one script: a page may grow between two.
        assertThat(browser.value("const { scrollWidth, clientWidth } = document.documentElement;"
                        + " return scrollWidth - clientWidth"))
                .as(name + " fits into " + width + " px")
                .isEqualTo(0L);
    }

    /// Colours that are still changing would be judged half-way.
    private static void settle() {
        browser.eventually("Promise.all(document.getAnimations().filter((it) => it.effect.getTiming().iterations === 1)"
                + ".map((it) => it.finished.catch(() => 0))).then(() => new Promise((done) =>"
                + " requestAnimationFrame(() => requestAnimationFrame(() => done(0)))))");
    }

    private static int zipped(String url) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            byte[] bytes = client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofByteArray())
                    .body();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
                zip.write(bytes);
            }
            return out.size() + url.getBytes(StandardCharsets.UTF_8).length;
        }
    }
}
