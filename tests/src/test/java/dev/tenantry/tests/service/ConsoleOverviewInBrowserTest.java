package dev.tenantry.tests.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What a tenant's people see first.
class ConsoleOverviewInBrowserTest extends ConsoleInBrowserTest {

    @Test
    void tellsHowTheTenantStands() {
        open(browser, "/t/demo", VIEWER);
        awaitText(browser, "of 15 chargers");
        awaitText(browser, "Your subscription is for 25.");
        awaitText(browser, "2 chargers were refused lately");
        awaitText(browser, "RDAM 123: Unknown charger");
        assertThat(browser.find(".connect-address code").getText()).startsWith("wss://demo.");
        browser.await(
                "a column for each day", () -> browser.all(".sparkline rect").size() >= 28);
        assertThat(browser.find("nav a[aria-current]").getText()).isEqualTo("Overview");
        assertThat(browser.all("nav a"))
                .as("the trail is for admins")
                .noneMatch(it -> it.getText().equals("Audit trail"));
    }

    @Test
    void leadsANewTenantToItsFirstCharger() {
        as("nia@x.example", "POST", "/tenant", "{\"name\":\"Nia\",\"domainPrefix\":\"nias\"}");
        open(browser, "/t/nias", "nia@x.example");
        awaitText(browser, "1 of 6 done");
        awaitText(browser, "Everything is fine.");
        assertThat(browser.find(".steps .button-primary").getText()).isEqualTo("Create a profile");

        as(
                "nia@x.example",
                "POST",
                "/tenant/nias/profile",
                "{\"displayName\":\"P\",\"cpmsUrl\":\"wss://c.example.com/o\"}");
        as("nia@x.example", "POST", "/tenant/nias/provision", "{\"durationSeconds\":600}");
        browser.reload();

        awaitText(browser, "3 of 6 done");
        browser.await(
                "when it closes",
                () -> browser.find("main").getText().matches("(?s).*Provisioning closes in (9|10) minutes.*"));
        awaitText(browser, "0 of at most 100 chargers have registered.");
    }

    @Test
    void saysWhichMailsWereLostAndThatAPaymentFailed() {
        as("oli@x.example", "POST", "/tenant", "{\"name\":\"Oli\",\"domainPrefix\":\"olis\"}");
        as(
                "oli@x.example",
                "POST",
                "/tenant/olis/invite",
                "{\"receiver\":\"gone@x.example\",\"role\":\"user\",\"language\":\"en\"}");
        as("oli@x.example", "POST", "/_local/fault", "{\"service\":\"mail\",\"kind\":\"error\",\"count\":9}");
        as(
                "oli@x.example",
                "POST",
                "/tenant/olis/invite",
                "{\"receiver\":\"never@x.example\",\"role\":\"user\",\"language\":\"en\"}");
        as("oli@x.example", "POST", "/_local/mail/bounce", "{\"to\":\"gone@x.example\"}");
        as(
                "oli@x.example",
                "POST",
                "/_local/stripe/subscription",
                "{\"tenant\":\"olis\",\"status\":\"past_due\",\"quantity\":2}");
        open(browser, "/t/olis", "oli@x.example");
        awaitText(browser, "1 invite came back");
        awaitText(browser, "gone@x.example");
        awaitText(browser, "The mail of 1 invite was not sent");
        awaitText(browser, "A payment failed");
        assertThat(findings()).isEmpty();
    }

    @Test
    void saysWhatCouldNotBeRead() {
        as("pia@x.example", "POST", "/tenant", "{\"name\":\"Pia\",\"domainPrefix\":\"pias\"}");
        open(browser, "/t/pias/people", "pia@x.example");
        awaitText(browser, "Nobody is invited");
        fail(browser, "/stats$");
        press(browser, "Overview");
        awaitText(browser, "The numbers of this tenant could not be read");
        awaitText(browser, "made-up-1");
        assertThat(browser.all(".tiles")).as("no number at all").isEmpty();
        retryAll(browser);
        awaitText(browser, "of 0 chargers");
        press(browser, "People");
        awaitText(browser, "Nobody is invited");

        fail(browser, "/(provision|metrics)([?]|$)");
        press(browser, "Overview");
        awaitText(browser, "It could not be read whether provisioning is open");
        awaitText(browser, "The messages of each day could not be read");
        assertThat(says(browser, "Everything is fine.")).as("nobody knows").isFalse();
        retryAll(browser);
        awaitText(browser, "Everything is fine.");
    }
}
