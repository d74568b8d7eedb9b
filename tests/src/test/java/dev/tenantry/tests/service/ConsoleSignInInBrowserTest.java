package dev.tenantry.tests.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.tests.project.Project;
import org.junit.jupiter.api.Test;

/// Signing in to the console, coming back to where one was, and the page that an invite's link leads to.
class ConsoleSignInInBrowserTest extends ConsoleInBrowserTest {

    @Test
    void leadsBackToWhereOneWas() {
        open(browser, "/t/demo/people", ADMIN);
        awaitText(browser, "viewer@demo.example");
        assertThat(browser.title()).isEqualTo("People – Tenantry");
        assertThat(browser.value("return JSON.stringify([localStorage, sessionStorage])"))
                .asString()
                .as("tokens are in memory alone")
                .doesNotContain("eyJ");
        browser.reload();
        browser.await(
                "signed in without a question",
                () -> !browser.all("table tbody tr").isEmpty());
        assertThat(browser.address()).isEqualTo(console("/t/demo/people"));
    }

    @Test
    void signsOut() {
        open(browser, "/", ADMIN);
        awaitText(browser, "Demo Charging");
        press(browser, "Account of Admin Demo");
        press(browser, "Sign out");
        awaitText(browser, "Welcome to Tenantry");
        browser.reload();
        awaitText(browser, "Welcome to Tenantry");
    }

    @Test
    void comesBackWhenThePersonWouldRatherNot() {
        browser.open(console("/new"));
        press(browser, "Sign in");
        browser.await(
                "the page that asks",
                () -> browser.title().startsWith("Sign in –")
                        && !browser.all("#email").isEmpty());
        browser.find("main a").click();
        awaitText(browser, "Welcome to Tenantry");
        assertThat(browser.address()).isEqualTo(console("/new"));
    }

    @Test
    void renewsATokenThatIsNotTakenAnyMore() {
        expectedComplaints.add("401 (Unauthorized)");
        open(browser, "/", ADMIN);
        awaitText(browser, "Demo Charging");
        spoilToken();
        browser.forget();
        press(browser, "Demo Charging");
        awaitText(browser, "of 15 chargers");
        assertThat(browser.requests()).contains(service + "/token");
    }

    @Test
    void keepsWhatWasTypedWhereTheSessionEnds() {
        expectedComplaints.add("401 (Unauthorized)");
        expectedComplaints.add("/token - Failed to load resource");
        open(browser, "/t/demo/people", ADMIN);
        awaitText(browser, "viewer@demo.example");
        endSession();
        press(browser, "Invite");
        browser.find("#field-receiver").sendKeys("hedy@x.example");
        press(browser, "Send invite");
        awaitText(browser, "Your session has ended");
        awaitText(browser, "so this was not done");
        assertThat(findings()).isEmpty();
        browser.picture(Project.root().resolve("tests/target/console/session-ended.png"));
        press(browser, "Sign in again");
        String here = browser.elsewhere(false);
        browser.await("the page that asks", () -> !browser.all("#email").isEmpty());
        // The provider has the same origin here, so it is heard.
        browser.run(
                "const tabs = new BroadcastChannel('tenantry/console/');"
                        + " [null, { back: 1 }, { back: 'nowhere' }, { back: location.href }].forEach((it) => tabs.postMessage(it))");
        identify(browser, ADMIN);
        browser.backTo(here);
        browser.await("signed in", () -> !says(browser, "Your session has ended"));
        browser.await("a window that closes by itself", () -> browser.windows() == 1);
        assertThat(browser.attribute(browser.find("#field-receiver"), "value")).isEqualTo("hedy@x.example");
        press(browser, "Send invite");
        awaitText(browser, "sent to hedy@x.example");
        assertThat(browser.value("return JSON.stringify([localStorage, sessionStorage])"))
                .asString()
                .as("tokens are in memory alone")
                .doesNotContain("eyJ");
    }

    /// A dialog covers what the page offers.
    @Test
    void leadsToTheWindowFromADialogThatWasRefused() {
        expectedComplaints.add("401 (Unauthorized)");
        expectedComplaints.add("/token - Failed to load resource");
        open(browser, "/t/demo/people", ADMIN);
        awaitText(browser, "viewer@demo.example");
        endSession();
        press(browser, "Invite");
        browser.find("#field-receiver").sendKeys("ines@x.example");
        press(browser, "Send invite");
        awaitText(browser, "Your session has ended");
        press(browser, "Close");
        browser.await("the dialog below", () -> browser.all("dialog[open]").size() == 1);
        press(browser, "Sign in again");
        String here = browser.elsewhere(false);
        identify(browser, ADMIN);
        browser.backTo(here);
        browser.await(
                "signed in",
                () -> browser.all("dialog .banner button, .banners .banner").isEmpty());
        press(browser, "Send invite");
        awaitText(browser, "sent to ines@x.example");
        browser.await("a window that closes by itself", () -> browser.windows() == 1);
    }

    @Test
    void readsAgainWhatWasNotThere() {
        expectedComplaints.add("net::ERR_BLOCKED_BY_CLIENT");
        browser.block(service + "/tenant");
        open(browser, "/t/demo/people", ADMIN);
        awaitText(browser, "The service cannot be reached");
        browser.block();
        awaitText(browser, "viewer@demo.example");
    }

    /// As after a deployment of another version.
    @Test
    void saysThatAScreenIsGoneAndLoadsThePageAgainOnlyIfAsked() {
        expectedComplaints.add("net::ERR_BLOCKED_BY_CLIENT");
        expectedComplaints.add("Failed to fetch dynamically imported module");
        open(browser, "/t/demo/people", ADMIN);
        awaitText(browser, "viewer@demo.example");
        browser.block("*/screens/audit.js");
        browser.run("window.isOld = true");
        press(browser, "Audit trail");
        awaitText(browser, "There may be a newer version");
        assertThat(browser.value("return isOld")).isEqualTo(true);
        assertThat(findings()).isEmpty();
        browser.block();
        press(browser, "Load the page again");
        browser.await("entries", () -> !browser.all(".entry").isEmpty());
        assertThat(browser.value("return window.isOld === undefined")).isEqualTo(true);
    }

    @Test
    void readsAScreenAgainThatWasOutOfReachAndLoadsNothingElseAnew() {
        expectedComplaints.add("net::ERR_BLOCKED_BY_CLIENT");
        expectedComplaints.add("/styles/audit.css");
        open(browser, "/t/demo/people", ADMIN);
        awaitText(browser, "viewer@demo.example");
        browser.block("*/styles/audit.css", "*/config.json");
        browser.run("window.isOld = true");
        press(browser, "Audit trail");
        awaitText(browser, "The service cannot be reached. Try again once the connection is back.");
        browser.block();
        press(browser, "Try again");
        browser.await("entries", () -> !browser.all(".entry").isEmpty());
        assertThat(browser.value("return window.isOld")).isEqualTo(true);
    }

    @Test
    void beginsAnewWhereAPageIsBroughtBackFromBefore() {
        open(browser, "/t/demo/people", ADMIN);
        awaitText(browser, "viewer@demo.example");
        browser.run("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))");
        assertThat(says(browser, "viewer@demo.example"))
                .as("whose page it will be then")
                .isFalse();
        browser.run("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
        awaitText(browser, "viewer@demo.example");
    }

    @Test
    void readsAgainOnceThePersonIsBack() {
        expectedComplaints.add("401 (Unauthorized)");
        expectedComplaints.add("/token - Failed to load resource");
        open(browser, "/t/demo/people", ADMIN);
        awaitText(browser, "viewer@demo.example");
        endSession();
        press(browser, "Access");
        awaitText(browser, "Your session has ended");
        press(browser, "Close");
        awaitText(browser, "What you typed is still here");
        press(browser, "Sign in again");
        String here = browser.elsewhere(false);
        identify(browser, USER);
        browser.backTo(here);
        browser.await(
                "somebody else",
                () -> !browser.all("[aria-label='Account of User Demo']").isEmpty());
        assertThat(browser.address()).as("what was open was another person's").isEqualTo(console("/"));
        browser.await("a window that closes by itself", () -> browser.windows() == 1);
    }

    @Test
    void signsOutInEveryTab() {
        open(browser, "/t/demo/people", ADMIN);
        awaitText(browser, "viewer@demo.example");
        String first = browser.elsewhere(true);
        browser.open(console("/t/demo/access"));
        awaitText(browser, "127.0.0.1");
        press(browser, "Account of Admin Demo");
        press(browser, "Sign out");
        awaitText(browser, "Welcome to Tenantry");
        browser.closeWindow();
        browser.backTo(first);
        awaitText(browser, "Welcome to Tenantry");
        assertThat(browser.find("body").getText()).doesNotContain("demo.example");
    }

    @Test
    void asksForUnsavedChangesBeforeAnyTabIsSignedOut() {
        open(browser, "/t/demo/people", ADMIN);
        awaitText(browser, "viewer@demo.example");
        String first = browser.elsewhere(true);
        browser.open(console("/t/demo/profiles/new"));
        browser.await("the form", () -> !browser.all("#field-displayName").isEmpty());
        browser.find("#field-displayName").sendKeys("Half a thought");
        press(browser, "Account of Admin Demo");
        press(browser, "Sign out");
        awaitText(browser, "Discard your changes?");
        press(browser, "Cancel");
        String second = browser.elsewhere(false);
        assertThat(browser.find("body").getText()).contains("viewer@demo.example");
        browser.backTo(second);
        assertThat(browser.find("#field-displayName").getAttribute("value")).isEqualTo("Half a thought");
        press(browser, "Account of Admin Demo");
        press(browser, "Sign out");
        press(browser, "Discard");
        awaitText(browser, "Welcome to Tenantry");
        browser.closeWindow();
        browser.backTo(first);
        awaitText(browser, "Welcome to Tenantry");
    }

    @Test
    void saysThatTheConnectionIsLostAndReadsAgainWhenItIsBack() {
        expectedComplaints.add("net::ERR_INTERNET_DISCONNECTED");
        open(browser, "/t/demo/audit", ADMIN);
        browser.await("entries", () -> !browser.all(".entry").isEmpty());
        browser.connect(false);
        awaitText(browser, "No connection");
        choose(browser, browser.find("#field-actor"), "broker");
        awaitText(browser, "The service cannot be reached");
        assertThat(browser.all(".entry")).isEmpty();
        browser.connect(true);
        browser.await("what could not be read", () -> browser.all(".entry").size() == 12);
        assertThat(browser.find("body").getText()).doesNotContain("No connection", "cannot be reached");
    }

    @Test
    void saysWhatCameInPlaceOfAnAnswer() {
        open(browser, "/t/demo/people", ADMIN);
        awaitText(browser, "viewer@demo.example");
        answers("() => new Response('<p>Please log in</p>', { headers: { 'X-Request-Id': 'between-1' } })");
        press(browser, "Access");
        awaitText(browser, "The service answered something unexpected.");
        awaitText(browser, "Request id: between-1");
    }

    @Test
    void givesUpWhatIsNotAnswered() {
        open(browser, "/t/demo/people", ADMIN);
        awaitText(browser, "viewer@demo.example");
        // As after the time that a request has, which nobody waits for here.
        browser.run("AbortSignal.timeout = (millis) => { window.limit = millis;"
                + " return AbortSignal.abort(new DOMException('too late', 'TimeoutError')); }");
        press(browser, "Access");
        awaitText(browser, "The service cannot be reached");
        assertThat(browser.value("return limit")).isEqualTo(35_000L);
    }

    /// From now on a function answers in the place of the API, but not of whatever asks whether it is there.
    private static void answers(String function) {
        browser.run("const real = fetch; window.fetch = (where, how) => how?.headers?.Authorization"
                + " ? Promise.resolve((" + function + ")(where, how)) : real(where, how);");
    }

    @Test
    void letsTheInvitedAcceptInABrowserOfTheirOwn() {
        open(browser, "/t/demo/people", ADMIN);
        awaitText(browser, "viewer@demo.example");
        as(
                ADMIN,
                "POST",
                "/tenant/demo/invite",
                "{\"receiver\":\"grace@x.example\",\"role\":\"user\",\"language\":\"en\"}");
        try (Browser graces = Browser.start()) {
            open(graces, "/invite/accept?token=" + invited("grace@x.example"), "grace@x.example");
            awaitText(graces, "Accept the invite as grace@x.example");
            press(graces, "Accept invite");
            awaitText(graces, "You are in Demo Charging");
            assertThat(graces.address()).as("a token that is used up").isEqualTo(console("/invite/accept"));
            press(graces, "Open Demo Charging");
            press(graces, "People");
            awaitText(graces, "admin@demo.example");
            assertThat(graces.all("main select"))
                    .as("who may change nothing is offered nothing")
                    .isEmpty();
        }
        browser.reload();
        awaitText(browser, "grace@x.example");
    }

    @Test
    void sendsWhoeverIsSomebodyElseToSignInAsTheInvited() {
        expectedComplaints.add("/invite/accept - Failed to load resource");
        as(
                ADMIN,
                "POST",
                "/tenant/demo/invite",
                "{\"receiver\":\"ida@x.example\",\"role\":\"user\",\"language\":\"en\"}");
        String path = "/invite/accept?token=" + invited("ida@x.example");
        open(browser, path, USER);
        press(browser, "Accept invite");
        awaitText(browser, "This invite is for another address");
        awaitText(browser, "You are signed in as user@demo.example");
        press(browser, "Sign in as somebody else");
        identify(browser, "ida@x.example");
        awaitText(browser, "Accept the invite as ida@x.example");
        press(browser, "Accept invite");
        awaitText(browser, "You are in Demo Charging");
        browser.open(console(path));
        press(browser, "Accept invite");
        awaitText(browser, "It was accepted already.");
        awaitText(browser, "Request id:");
        browser.open(console("/invite/accept"));
        awaitText(browser, "The link is not complete");
    }

    /// A day later, as it were, at the API and at the provider: this is no sign-in that the API would not take.
    private static void endSession() {
        browser.eventually("fetch('/signout').then((answer) => answer.status)");
        browser.run("const real = performance.now.bind(performance); performance.now = () => 86400000 + real()");
        spoilToken();
    }

    /// From now on the API takes no token that is not new.
    private static void spoilToken() {
        browser.run("const real = fetch; let isNew = false; window.fetch = (where, how) => {"
                + " if (String(where?.url ?? where).endsWith('/token')) isNew = true;"
                + " if (!isNew && how?.headers?.Authorization) how.headers.Authorization = 'Bearer spoilt';"
                + " return real(where, how); }");
    }
}
