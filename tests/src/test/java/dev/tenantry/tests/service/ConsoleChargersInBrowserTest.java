package dev.tenantry.tests.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.local.aws.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/// The console's screens of chargers: the list, one of them, those that were refused, and provisioning.
class ConsoleChargersInBrowserTest extends ConsoleInBrowserTest {

    @Test
    void pagesSearchesAndFilters() {
        tenant("abe");
        enter("abe", 120);
        open(browser, "/t/abe/chargers", "abe@x.example");
        awaitText(browser, "1 to 50 of 120");
        press(browser, "Next");
        browser.await("the second page", () -> identities().contains("BAY-050"));
        awaitText(browser, "51 to 100 of 120");
        press(browser, "Next");
        browser.await("the third page", () -> identities().contains("BAY-100"));
        awaitText(browser, "101 to 120 of 120");
        press(browser, "Previous");
        awaitText(browser, "51 to 100 of 120");
        browser.run("history.back()");
        awaitText(browser, "101 to 120 of 120");
        browser.reload();
        awaitText(browser, "101 to 120 of 120");
        browser.find("#field-search").sendKeys("bay-11");
        awaitText(browser, "1 to 10");
        assertThat(identities()).hasSize(10).allMatch(it -> it.startsWith("BAY-11"));
        assertThat(browser.address()).endsWith("?identity=bay-11");
        choose(browser, browser.find("#field-online"), "true");
        awaitText(browser, "No charger matches");
        press(browser, "Clear filters");
        awaitText(browser, "1 to 50 of 120");
    }

    @Test
    void entersOneByKeyboardWithAPasswordThatIsShownOnce() {
        expectedComplaints.add("/charger - Failed to load resource: the server responded with a status of 409");
        tenant("bea");
        enter("bea", 1);
        open(browser, "/t/bea/chargers", "bea@x.example");
        awaitText(browser, "BAY-000");
        press(browser, "Add charger");
        awaitFocusIn("#field-identity");
        browser.press("no/slash", Keys.ENTER);
        awaitText(browser, "Use only letters A to Z");
        browser.press(Keys.chord(Keys.CONTROL, "a"), "bay-000", Keys.ENTER);
        awaitText(browser, "A charger of this identity is there already");
        browser.press(Keys.chord(Keys.CONTROL, "a"), "RDAM 123");
        browser.find("#field-own").click();
        browser.find("#field-passwordKind-hex").click();
        browser.find("#field-password").sendKeys("z".repeat(40));
        assertThat(browser.all(".password-field .field-good"))
                .as("as many letters as a key has digits")
                .isEmpty();
        browser.find("#field-passwordKind-text").click();
        press(browser, "Generate");
        browser.await(
                "its size", () -> !browser.all(".password-field .field-good").isEmpty());
        browser.find("#field-passwordKind-hex").click();
        browser.await(
                "40 digits",
                () -> browser.attribute(browser.find("#field-password"), "value")
                        .matches("[0-9a-f]{40}"));
        String key = browser.attribute(browser.find("#field-password"), "value");
        browser.find("#field-identity").sendKeys(Keys.ENTER);
        awaitToldOnce(key);
        press(browser, "Close");
        assertThat(browser.attribute(browser.find("dialog input"), "value"))
                .as("still there")
                .isEqualTo(key);
        press(browser, "I have copied it");
        browser.await("in the list", () -> identities().contains("RDAM 123"));
        assertThat(charger("bea", "RDAM 123").path("hasPassword").asBoolean()).isTrue();
        assertThat(says(browser, key)).isFalse();
    }

    /// Nobody would ever be told the password that it sets.
    @Test
    void closesNoDialogThatIsAtWork() {
        tenant("bob");
        enter("bob", 1);
        open(browser, "/t/bob/chargers/" + charger("bob", "BAY-000").path("id").asText(), "bob@x.example");
        press(browser, "Set its own password");
        press(browser, "Generate");
        hold(browser, "/charger/");
        browser.find("dialog button[type=submit]").click();
        awaitHeld(browser);
        browser.press(Keys.ESCAPE);
        browser.find("dialog .dialog-head button").click();
        assertThat(browser.all("dialog #field-password")).isNotEmpty();
        // What is held first may be what the page reads again and again.
        browser.await("told", () -> {
            letGo(browser);
            return says(browser, "Copy the password now");
        });
        press(browser, "I have copied it");
    }

    @Test
    void changesManyAtOnce() {
        tenant("cas");
        enter("cas", 30);
        as("cas@x.example", "POST", "/tenant/cas/profile", profile("Street"));
        open(browser, "/t/cas/chargers", "cas@x.example");
        awaitText(browser, "1 to 30 of 30");
        browser.find("thead input[type=checkbox]").click();
        awaitText(browser, "30 chargers selected");
        press(browser, "Change profile");
        awaitText(browser, "Another profile for 30 chargers");
        choose(browser, browser.find("#field-moveTo"), "2");
        browser.find("dialog button[type=submit]").click();
        awaitText(browser, "30 chargers have the profile Street now.");
        press(browser, "Block");
        awaitText(browser, "Block 30 chargers?");
        awaitText(browser, "They are disconnected and cannot connect until you unblock them.");
        // Somebody removes one of them meanwhile: of a call that is all or nothing, the others are done nevertheless.
        as(
                "cas@x.example",
                "DELETE",
                "/tenant/cas/charger/" + charger("cas", "BAY-007").path("id"),
                "");
        expectedComplaints.add("/charger - Failed to load resource: the server responded with a status of 404");
        browser.find("dialog button[type=submit]").click();
        browser.await(
                "done",
                () -> !browser.all("dialog .dialog-foot .button-primary").isEmpty());
        awaitText(browser, "It did not work for 1 charger:");
        awaitText(browser, "BAY-007 This charger was removed meanwhile.");
        assertThat(browser.find("dialog .faults").getText()).contains("Request id: ");
        browser.find("dialog .dialog-foot .button-primary").click();
        assertThat(chargers("cas", "?blocked=true&profileId=2")).hasSize(29);
        press(browser, "Remove");
        awaitText(browser, "Remove 30 chargers?");
        awaitText(browser, "They are disconnected and unknown from then on");
        expectedComplaints.add("Failed to load resource: the server responded with a status of 404");
        browser.find("dialog button[type=submit]").click();
        awaitText(browser, "30 chargers removed.");
        awaitText(browser, "No chargers yet");
    }

    @Test
    void changesAllThatMatchAndNotOnlyThoseOfAPage() {
        tenant("may");
        enter("may", 70);
        open(browser, "/t/may/chargers?identity=bay-0", "may@x.example");
        awaitText(browser, "1 to 50");
        browser.find("tbody input[type=checkbox]").click();
        awaitText(browser, "1 charger selected");
        assertThat(says(browser, "Select all that match")).isFalse();
        browser.find("thead input[type=checkbox]").click();
        press(browser, "Select all that match");
        awaitText(browser, "70 chargers selected");
        press(browser, "Block");
        awaitText(browser, "Block 70 chargers?");
        browser.find("dialog button[type=submit]").click();
        awaitText(browser, "70 chargers blocked.");
        assertThat(chargers("may", "?blocked=true")).hasSize(70);
    }

    /// As it is where there are 50,000: the API answers what it found in a megabyte of them.
    @Test
    void tellsHowFarItHasLookedAndLetsOneStop() {
        tenant("ned");
        enter("ned", 2);
        open(browser, "/t/ned/chargers", "ned@x.example");
        awaitText(browser, "1 to 2 of 2");
        browser.run("const real = fetch; window.asked = 0; window.fetch = async (where, how) => {"
                + " if (!String(where).includes('blocked=true')) return real(where, how);"
                + " asked++; await new Promise((go) => setTimeout(go, 20)); how?.signal?.throwIfAborted();"
                + " const headers = { 'X-Looked-Through': '2000' };"
                + " if (!window.isOver) headers.Link = '</tenant/ned/charger?cursor=more>; rel=\"next\"';"
                + " return new Response('[]', { headers }); }");
        choose(browser, browser.find("#field-blocked"), "true");
        browser.await(
                "how far it is",
                () -> browser.find("main").getText().matches("(?s).*[1-9][0-9]?,000 looked through so far.*"));
        assertThat(says(browser, "No charger matches")).isFalse();
        press(browser, "Stop");
        awaitText(browser, "Stopped: ");
        assertThat(says(browser, "No charger matches")).as("not known").isFalse();
        Object asked = browser.value("return asked");
        browser.run("window.isOver = true");
        press(browser, "Continue");
        awaitText(browser, "No charger matches");
        assertThat(browser.value("return asked - arguments[0]", asked))
                .as("it goes on where it was")
                .isEqualTo(1L);
    }

    @Test
    void saysWhatCouldNotBeRead() {
        open(browser, "/t/demo/chargers/refusals", USER);
        awaitText(browser, "RDAM 123");
        fail(browser, "/(profile|stats|provision)$");
        press(browser, "All chargers");
        awaitText(browser, "STREET-12");
        awaitText(browser, "The profiles could not be read");
        awaitText(browser, "The numbers of chargers could not be read");
        awaitText(browser, "It could not be read whether provisioning is open");
        assertThat(browser.all("main [role=alert] .request-id")).hasSize(3);
        press(browser, "Add charger");
        browser.await(
                "said where one is chosen",
                () -> browser.find("dialog").getText().contains("The profiles could not be read"));
        press(browser, "Close");
        retryAll(browser);
        awaitText(browser, "15 chargers");
        awaitText(browser, "Open provisioning");
        browser.await("names", () -> browser.find("tbody").getText().contains("Street"));
    }

    @Test
    void asksWhereSomebodyElseChangedWhatADialogBeganWith() {
        expectedComplaints.add("Failed to load resource: the server responded with a status of 412");
        tenant("ola");
        enter("ola", 1);
        String id = charger("ola", "BAY-000").path("id").asText();
        as("ola@x.example", "POST", "/tenant/ola/provision", "{\"maxChargers\":5}");
        open(browser, "/t/ola/chargers", "ola@x.example");
        press(browser, "Extend");
        press(browser, "Change time and number …");
        awaitText(browser, "Change provisioning");
        as("ola@x.example", "PUT", "/tenant/ola/provision", "{\"maxChargers\":7}");
        browser.find("#field-most").sendKeys(Keys.chord(Keys.CONTROL, "a"), "1,009", Keys.ENTER);
        awaitConflict("At most", "1,009", "7");
        press(browser, "Keep mine");
        awaitText(browser, "0 of at most 1,009 registered");
        showsTheSameTwoTimesHoweverOftenThePageLooks();

        press(browser, "Actions for BAY-000");
        press(browser, "Rename");
        awaitText(browser, "Name of BAY-000");
        as("ola@x.example", "PUT", "/tenant/ola/charger/" + id, "{\"displayName\":\"Theirs\"}");
        browser.find("#field-displayName").sendKeys("Mine", Keys.ENTER);
        awaitConflict("Name", "Mine", "Theirs");
        press(browser, "Keep the saved one");
        browser.await("the dialogs are gone", () -> browser.all("dialog").isEmpty());

        press(browser, "BAY-000");
        press(browser, "Set its own password");
        awaitText(browser, "Password of BAY-000");
        as("ola@x.example", "PUT", "/tenant/ola/charger/" + id, "{\"password\":\"theirs-is-long-enough\"}");
        browser.find("#field-password").sendKeys("mine-is-long-enough", Keys.ENTER);
        awaitConflict("Password", "A new one of its own", "Its own");
        press(browser, "Keep mine");
        awaitText(browser, "Password set.");
        assertThat(charger("ola", "BAY-000").path("displayName").asText()).isEqualTo("Theirs");
    }

    /// The window is looked at every few seconds, and so is what somebody else has made of it.
    private static void showsTheSameTwoTimesHoweverOftenThePageLooks() {
        hold(browser, "/provision");
        awaitHeld(browser);
        as("ola@x.example", "PUT", "/tenant/ola/provision", "{\"durationSeconds\":7200}");
        press(browser, "Extend");
        press(browser, "15 minutes more");
        awaitWindow("both times", () -> !browser.all(".conflict").isEmpty());
        String shown = browser.find(".conflict").getText();
        awaitWindow("theirs behind it", () -> leftOver().startsWith("1:59:"));
        assertThat(browser.find(".conflict").getText()).isEqualTo(shown).contains("Open until");
        as("ola@x.example", "PUT", "/tenant/ola/provision", "{\"durationSeconds\":10800}");
        press(browser, "Keep mine");
        awaitWindow(
                "another question", () -> !browser.find(".conflict").getText().equals(shown));
        assertThat(browser.find(".conflict").getText()).contains("Open until");
        press(browser, "Keep the saved one");
        awaitWindow("the last change", () -> leftOver().startsWith("2:59:"));
    }

    private static String leftOver() {
        return browser.find("[role=timer]").getText();
    }

    /// Lets the answers about the window come until something is there.
    private static void awaitWindow(String what, BooleanSupplier isThere) {
        browser.await(what, () -> {
            browser.run("held.splice(0).forEach((go) => go())");
            return isThere.getAsBoolean();
        });
    }

    private static void awaitConflict(String... shown) {
        awaitText(browser, "Somebody else changed this, too");
        assertThat(browser.find(".conflict").getText()).contains(shown);
    }

    @Test
    void stopsRemovingAtOnceAndKeepsTheOthersSelected() {
        tenant("ria");
        enter("ria", 6);
        open(browser, "/t/ria/chargers", "ria@x.example");
        awaitText(browser, "1 to 6 of 6");
        browser.find("thead input[type=checkbox]").click();
        press(browser, "Remove");
        awaitText(browser, "Remove 6 chargers?");
        // The second one is on its way when somebody presses Stop.
        browser.run("const real = fetch; let count = 0; window.held = []; window.fetch = async (where, how) => {"
                + " if (how?.method === 'DELETE' && ++count === 2) await new Promise((go) => held.push(go));"
                + " return real(where, how); }");
        browser.find("dialog button[type=submit]").click();
        awaitHeld(browser);
        press(browser, "Stop");
        letGo(browser);
        awaitText(browser, "4 chargers selected");
        assertThat(chargers("ria", "")).hasSize(4);
    }

    @Test
    void showsWhatIsWrongInAFileAndSendsTheRest(@TempDir Path directory) throws IOException {
        expectedComplaints.add("/charger - Failed to load resource: the server responded with a status of 409");
        expectedComplaints.add("/charger - Failed to load resource: net::ERR_INTERNET_DISCONNECTED");
        expectedComplaints.add(service + "/ - Failed to load resource: net::ERR_INTERNET_DISCONNECTED");
        tenant("dan");
        enter("dan", 1);
        StringBuilder file = new StringBuilder("\uFEFFsep=;\r\nIdentity;Display name;Profile;Password;Colour\r\n");
        IntStream.range(0, 45).forEach(i -> file.append("NEW-%02d;\"North; %d\";depot;;red\r\n".formatted(i, i)));
        file.append("new-00;;;;\r\nNEW-50;;Nowhere;;\r\nNEW-51;;;short;\r\nBAY-000;;;;\r\n");
        Path csv = Files.writeString(directory.resolve("munich.csv"), file);
        open(browser, "/t/dan/chargers/import", "dan@x.example");
        browser.await("the form", () -> !browser.all("input[type=file]").isEmpty());
        browser.find("input[type=file]").sendKeys(csv.toString());
        awaitText(browser, "3 rows have something wrong");
        awaitText(browser, "These columns are not used: Colour");
        awaitText(browser, "This identity is in line 3, too.");
        awaitText(browser, "There is no profile “Nowhere”.");
        awaitText(browser, "Use a password of 16 to 40 bytes");
        browser.connect(false);
        press(browser, "Add 46 chargers");
        awaitText(browser, "The service cannot be reached");
        browser.connect(true);
        press(browser, "Add 46 chargers");
        awaitText(browser, "45 chargers were added");
        awaitText(browser, "1 row was refused. 3 rows with faults were left out.");
        assertThat(chargers("dan", "?identity=new-&profileId=1")).hasSize(45);
        assertThat(charger("dan", "NEW-07").path("displayName").asText()).isEqualTo("North; 7");
        keepDownloads();
        press(browser, "Download the rest as CSV");
        assertThat(download().lines().skip(1))
                .hasSize(4)
                .anyMatch(line -> line.startsWith("BAY-000,") && line.contains("already has a charger BAY-000"));
    }

    @Test
    void givesTheListAsAFile() {
        tenant("eve");
        enter("eve", 3);
        open(browser, "/t/eve/chargers", "eve@x.example");
        awaitText(browser, "1 to 3 of 3");
        keepDownloads();
        press(browser, "More");
        press(browser, "Download as CSV");
        browser.await(
                "the file",
                () -> browser.value("return window.kept !== undefined").equals(true));
        assertThat(download().lines()).hasSize(4).first().asString().contains("identity");
        assertThat(browser.eventually("kept.slice(0, 3).arrayBuffer().then((it) => new Uint8Array(it).join())")
                        .asText())
                .as("the mark by which Excel knows UTF-8")
                .isEqualTo("239,187,191");
    }

    @Test
    void overwritesNobodyElsesChange() {
        expectedComplaints.add("Failed to load resource: the server responded with a status of 412");
        tenant("fay");
        enter("fay", 1);
        String id = charger("fay", "BAY-000").path("id").asText();
        open(browser, "/t/fay/chargers/" + id, "fay@x.example");
        awaitText(browser, "What it says of itself");
        browser.find("#field-displayName").sendKeys("Mine");
        as("fay@x.example", "PUT", "/tenant/fay/charger/" + id, "{\"displayName\":\"Theirs\"}");
        browser.find("#field-displayName").sendKeys(Keys.ENTER);
        awaitText(browser, "Somebody else changed this, too");
        assertThat(browser.find(".conflict").getText()).contains("Mine", "Theirs");
        press(browser, "Keep mine");
        awaitText(browser, "Charger saved.");
        assertThat(charger("fay", "BAY-000").path("displayName").asText()).isEqualTo("Mine");
        browser.find("#field-displayName").click();
        browser.find("#field-displayName").sendKeys(Keys.END, " but not saved");
        press(browser, "Chargers");
        awaitText(browser, "Discard your changes?");
        press(browser, "Cancel");
        assertThat(browser.address()).endsWith(id);
        as("fay@x.example", "PUT", "/tenant/fay/charger/" + id, "{\"displayName\":\"Theirs again\"}");
        browser.find("#field-displayName").sendKeys(Keys.ENTER);
        browser.await(
                "both versions",
                () -> browser.find("dialog .conflict").getText().contains("Theirs again"));
        as("fay@x.example", "DELETE", "/tenant/fay/charger/" + id, "");
        expectedComplaints.add("Failed to load resource: the server responded with a status of 404");
        press(browser, "Keep mine");
        browser.await("why not", () -> browser.find("dialog").getText().contains("was removed meanwhile"));
        press(browser, "Close");
    }

    @Test
    void givesAChargerItsOwnPasswordAndTakesIt() {
        tenant("gus");
        enter("gus", 1);
        String id = charger("gus", "BAY-000").path("id").asText();
        open(browser, "/t/gus/chargers/" + id, "gus@x.example");
        press(browser, "Set its own password");
        awaitText(browser, "Password of BAY-000");
        browser.find("#field-password").sendKeys("correct-horse-battery", Keys.ENTER);
        awaitText(browser, "It has a password of its own");
        assertThat(charger("gus", "BAY-000").path("hasPassword").asBoolean()).isTrue();
        press(browser, "Remove its own");
        awaitText(browser, "Remove the charger’s own password?");
        press(browser, "Remove its own");
        awaitText(browser, "It has no password of its own");
        press(browser, "Remove");
        awaitText(browser, "Remove BAY-000?");
        expectedComplaints.add(
                "/charger/" + id + " - Failed to load resource: the server responded with a status of 404");
        press(browser, "Remove");
        awaitText(browser, "No chargers yet");
    }

    @Test
    void fillsTheListWhileProvisioningIsOpen() {
        tenant("hal");
        as("hal@x.example", "POST", "/tenant/hal/profile", profile("Depot"));
        open(browser, "/t/hal/chargers", "hal@x.example");
        awaitText(browser, "No chargers yet");
        assertThat(connect("hal", "EARLY")).isEqualTo("unknown_charger");
        press(browser, "Open provisioning");
        awaitText(browser, "Limit how many may register");
        browser.find("#field-length").sendKeys(Keys.chord(Keys.CONTROL, "a"), "1,0");
        browser.find("#field-most").sendKeys(Keys.chord(Keys.CONTROL, "a"), "2", Keys.ENTER);
        awaitText(browser, "0 of at most 2 registered");
        connect("hal", "FIRST");
        browser.await("the first", () -> identities().equals(List.of("FIRST")));
        awaitText(browser, "1 of at most 2 registered");
        connect("hal", "SECOND");
        awaitText(browser, "Provisioning is full");
        browser.await("the second", () -> identities().equals(List.of("FIRST", "SECOND")));
        assertThat(connect("hal", "THIRD")).isEqualTo("provisioning_full");
        press(browser, "Extend");
        press(browser, "Change time and number …");
        awaitText(browser, "Change provisioning");
        browser.find("#field-most").sendKeys(Keys.chord(Keys.CONTROL, "a"), "3", Keys.ENTER);
        awaitText(browser, "2 of at most 3 registered");
        press(browser, "Extend");
        press(browser, "1 hour more");
        awaitText(browser, "Open until");
        browser.await(
                "an hour more", () -> browser.find(".countdown time").getText().matches("2:00:00|1:5[0-9]:[0-9]{2}"));
        press(browser, "Stop");
        awaitText(browser, "Provisioning stopped.");
        assertThat(as("hal@x.example", "GET", "/tenant/hal/provision", "")
                        .path("active")
                        .asBoolean())
                .isFalse();
        browser.open(console("/t/hal/chargers/refusals"));
        awaitText(browser, "Unknown charger");
        awaitText(browser, "Provisioning was full");
        press(browser, "Add EARLY");
        browser.await(
                "its identity",
                () -> browser.attribute(browser.find("#field-identity"), "value")
                        .equals("EARLY"));
    }

    @Test
    void countsDownByTheClockOfTheService() {
        expectedComplaints.add("401 (Unauthorized)");
        tenant("ivo");
        as("ivo@x.example", "POST", "/tenant/ivo/profile", profile("Depot"));
        as("ivo@x.example", "POST", "/tenant/ivo/provision", "{\"durationSeconds\":3600}");
        open(browser, "/t/ivo/chargers", "ivo@x.example");
        browser.await("the window", () -> !browser.all(".countdown time").isEmpty());
        // This machine's clock is ten minutes fast when the next token comes.
        browser.run("const now = Date.now; Date.now = () => now() + 600000;"
                + " const real = fetch; window.isNew = false; window.fetch = (where, how) => {"
                + " if (String(where?.url ?? where).endsWith('/token')) isNew = true;"
                + " if (!isNew && how?.headers?.Authorization) how.headers.Authorization = 'Bearer spoilt';"
                + " return real(where, how); }");
        browser.await("another token", () -> browser.value("return isNew").equals(true));
        browser.await(
                "what is left", () -> browser.find(".countdown time").getText().matches("1:00:00|5[5-9]:[0-9]{2}"));
    }

    @Test
    void offersAViewerNothingToChange() {
        open(browser, "/t/demo/chargers", VIEWER);
        awaitText(browser, "STREET-12");
        assertThat(browser.all("main input[type=checkbox], main .row-actions button"))
                .isEmpty();
        assertThat(says(browser, "Add charger")).isFalse();
        press(browser, "STREET-01");
        awaitText(browser, "What it says of itself");
        assertThat(browser.all("main form button")).isEmpty();
    }

    private static List<String> identities() {
        return ((List<?>) browser.value(
                        "return [...document.querySelectorAll('a.charger-identity')].map((it) => it.textContent)"))
                .stream().map(String::valueOf).toList();
    }

    /// Downloads go nowhere; what is in them is remembered.
    private static void keepDownloads() {
        browser.run("URL.createObjectURL = (blob) => { window.kept = blob; return '#'; };"
                + " HTMLAnchorElement.prototype.click = () => {};");
    }

    private static String download() {
        return browser.eventually("window.kept.text()").asText();
    }

    private static String profile(String name) {
        return "{\"displayName\":\"" + name + "\",\"cpmsUrl\":\"wss://cpms.example.com/ocpp\",\"securityProfile\":0}";
    }

    private static void tenant(String name) {
        as(name + "@x.example", "POST", "/tenant", "{\"name\":\"" + name + "\",\"domainPrefix\":\"" + name + "\"}");
    }

    private static void enter(String tenant, int count) {
        as(tenant + "@x.example", "POST", "/tenant/" + tenant + "/profile", profile("Depot"));
        for (int from = 0; from < count; from += 20) {
            List<Map<String, String>> some = IntStream.range(from, Math.min(from + 20, count))
                    .mapToObj(i -> Map.of("identity", "BAY-%03d".formatted(i)))
                    .toList();
            as(tenant + "@x.example", "POST", "/tenant/" + tenant + "/charger", Json.text(some));
        }
    }

    private static List<JsonNode> chargers(String tenant, String query) {
        return as(tenant + "@x.example", "GET", "/tenant/" + tenant + "/charger" + query, "")
                .valueStream()
                .toList();
    }

    private static JsonNode charger(String tenant, String identity) {
        return Objects.requireNonNull(
                chargers(tenant, "?identity=" + identity.replace(" ", "%20")).getFirst());
    }

    /// A charger connects to the broker, which asks: the reason why it is refused, if it is.
    private static String connect(String tenant, String identity) {
        String event = Json.text(Map.of(
                "type",
                "connect",
                "tenant",
                tenant,
                "identity",
                identity,
                "sourceIp",
                "192.0.2.17",
                "tls",
                true,
                "connectionId",
                "c-" + identity,
                "at",
                Instant.now().toString()));
        return as(tenant + "@x.example", "POST", "/2015-03-31/functions/ChargerConnectFunction/invocations", event)
                .path("reason")
                .asText();
    }
}
