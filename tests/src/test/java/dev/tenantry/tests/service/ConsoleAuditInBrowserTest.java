package dev.tenantry.tests.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The console's audit trail.
class ConsoleAuditInBrowserTest extends ConsoleInBrowserTest {

    @Test
    void tellsWhoChangedWhatAsADifference() {
        as("tia@x.example", "POST", "/tenant", "{\"name\":\"Tia\",\"domainPrefix\":\"tias\"}");
        as("tia@x.example", "PUT", "/tenant/tias", "{\"name\":\"Tia and sons\"}");
        open(browser, "/t/tias/audit", "tia@x.example");
        awaitText(browser, "by Tia ");
        assertThat(browser.find(".entry").getText()).startsWith("Tenant changed");
        assertThat(browser.find(".entry del").getText()).endsWith("Tia");
        assertThat(browser.find(".entry ins").getText()).endsWith("Tia and sons");
        assertThat(browser.find(".entry time").getAttribute("title")).contains("20");
        assertThat(browser.find(".audit-day h3").getText()).startsWith("Today, ");
        browser.find(".entry summary").click();
        awaitText(browser, "Request id");
        assertThat(findings()).isEmpty();
    }

    @Test
    void tellsWhichKeysOfAConfigurationDiffer() {
        as("kim@x.example", "POST", "/tenant", "{\"name\":\"Kim\",\"domainPrefix\":\"kims\"}");
        as(
                "kim@x.example",
                "POST",
                "/tenant/kims/profile",
                "{\"displayName\":\"Depot\",\"cpmsUrl\":\"wss://cpms.example.com/\",\"securityProfile\":0,"
                        + "\"configuration\":{\"Gone\":\"1\",\"Kept\":\"2\",\"Light\":\"3\"}}");
        as(
                "kim@x.example",
                "PUT",
                "/tenant/kims/profile/1",
                "{\"configuration\":{\"Kept\":\"2\",\"Light\":\"4\",\"New\":\"5\"}}");
        open(browser, "/t/kims/audit?action=profile.updated", "kim@x.example");
        browser.await("the change", () -> !browser.all(".entry .difference").isEmpty());
        assertThat(browser.find(".entry .difference dd").getText().lines().map(String::strip))
                .containsExactly("Added: New", "Changed: Light", "Removed: Gone");
        assertThat(browser.find(".entry").getText()).doesNotContain("Kept");
    }

    @Test
    void filtersByLinksThatCanBeSent() {
        open(browser, "/t/demo/audit?action=charger.updated", ADMIN);
        browser.await("what the link says", () -> browser.all(".entry").size() == 1);
        assertThat(browser.find(".entry").getText()).startsWith("Charger changed");
        choose(browser, browser.find("#field-action"), "");
        choose(browser, browser.find("#field-actor"), "broker");
        browser.await("chargers alone", () -> browser.all(".entry").size() == 12);
        assertThat(browser.address()).isEqualTo(console("/t/demo/audit?actor=broker"));
        choose(browser, browser.find("#field-to"), "2020-01-01");
        awaitText(browser, "No change matches these filters");
        browser.forget();
        choose(browser, browser.find("#field-from"), "2021-01-01");
        awaitText(browser, "Choose a day that is not before the first.");
        assertThat(browser.requests()).noneMatch(it -> it.contains("/audit?"));
        press(browser, "Clear filters");
        browser.await("all", () -> browser.all(".entry").size() > 12);
        assertThat(browser.address()).isEqualTo(console("/t/demo/audit"));
    }

    @Test
    void neverPutsThePageOfOneListBelowAnother() {
        open(browser, "/t/demo/audit", ADMIN);
        browser.await("entries", () -> !browser.all(".entry").isEmpty());
        browser.run("const real = fetch; window.fetch = (where, how) =>"
                + " real(String(where).replace('limit=50', 'limit=3'), how)");
        hold(browser, "cursor=");
        choose(browser, browser.find("#field-actor"), "broker");
        browser.await("a page", () -> browser.all(".entry").size() == 3);
        press(browser, "Show more");
        awaitHeld(browser);
        choose(browser, browser.find("#field-action"), "charger.updated");
        awaitText(browser, "No change matches these filters");
        letGo(browser);
        assertThat(browser.all(".entry")).as("what the filters let through").isEmpty();

        choose(browser, browser.find("#field-action"), "");
        browser.await("a page", () -> browser.all(".entry").size() == 3);
        press(browser, "Show more");
        awaitHeld(browser);
        letGo(browser);
        browser.await("the next page", () -> browser.all(".entry").size() == 6);
    }

    @Test
    void isForAdmins() {
        open(browser, "/t/demo/audit", VIEWER);
        awaitText(browser, "For administrators only");
    }
}
