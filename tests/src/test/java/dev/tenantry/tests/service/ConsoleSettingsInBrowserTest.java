package dev.tenantry.tests.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/// The console's screen of a tenant's settings.
class ConsoleSettingsInBrowserTest extends ConsoleInBrowserTest {

    @Test
    void renamesTheTenantAndAsksWhereSomebodyElseDidSo() {
        expectedComplaints.add("412");
        String email = "cleo@x.example";
        as(email, "POST", "/tenant", "{\"name\":\"Cleo\",\"domainPrefix\":\"cleo-charging\"}");
        open(browser, "/t/cleo-charging/settings", email);
        retype("#field-name", "Cleo Charging");
        browser.press(Keys.ENTER);
        awaitText(browser, "Saved.");
        assertThat(browser.find(".switcher").getText()).contains("Cleo Charging");
        retype("#field-name", "Cleo Mobility");
        // Something else about the tenant is no conflict.
        as(email, "PUT", "/tenant/cleo-charging", "{\"customDomain\":\"wss://cleo.example/\"}");
        browser.press(Keys.ENTER);
        browser.await(
                "renamed, and nothing under way",
                () -> browser.find(".switcher").getText().contains("Cleo Mobility")
                        && browser.all("main [aria-busy=true]").isEmpty());
        fill("#field-name", "😀".repeat(100));
        assertThat(says(browser, "Use at most 100 characters.")).isFalse();
        fill("#field-name", "😀".repeat(101));
        awaitText(browser, "Use at most 100 characters.");
        retype("#field-name", "Mine");
        as(email, "PUT", "/tenant/cleo-charging", "{\"name\":\"Theirs\"}");
        browser.press(Keys.ENTER);
        awaitText(browser, "Somebody else changed this, too");
        assertThat(browser.find("dialog").getText()).contains("Mine", "Theirs");
        press(browser, "Keep the saved one");
        browser.await(
                "theirs",
                () -> browser.attribute(browser.find("#field-name"), "value").equals("Theirs"));
        browser.await("the question is over", () -> browser.all("dialog").isEmpty());
        // What is saved beside it reads the tenant anew, and does not make what is typed here a change of that.
        // What was focused before a question has the focus again a moment after it, and then nothing is selected.
        browser.await("it is typed", () -> {
            retype("#field-name", "Mine after all");
            return browser.attribute(browser.find("#field-name"), "value").equals("Mine after all");
        });
        as(email, "PUT", "/tenant/cleo-charging", "{\"name\":\"Theirs once more\"}");
        retype("#field-customDomain", "ocpp.cleo.example");
        browser.press(Keys.ENTER);
        browser.await(
                "the domain is saved",
                () -> as(email, "GET", "/tenant/cleo-charging", "")
                        .path("customDomain")
                        .asText()
                        .contains("ocpp.cleo"));
        browser.await("and read", () -> browser.find(".switcher").getText().contains("Theirs once more"));
        browser.find("#field-name").sendKeys(Keys.ENTER);
        browser.await(
                "both versions",
                () -> browser.find("dialog .conflict").getText().contains("Theirs once more"));
        press(browser, "Keep mine");
        browser.await(
                "mine",
                () -> as(email, "GET", "/tenant/cleo-charging", "")
                        .path("name")
                        .asText()
                        .equals("Mine after all"));
    }

    @Test
    void provesACustomDomain() {
        expectedComplaints.add("/domain - Failed to load resource");
        String email = "dora@x.example";
        as(email, "POST", "/tenant", "{\"name\":\"Dora\",\"domainPrefix\":\"dora-charging\"}");
        open(browser, "/t/dora-charging/settings", email);
        retype("#field-customDomain", "not a host");
        browser.press(Keys.ENTER);
        awaitText(browser, "Enter a host name such as ocpp.example.com, or a wss address.");
        retype("#field-customDomain", "ocpp.dora.example");
        browser.press(Keys.ENTER);
        awaitText(browser, "Publish this record in its DNS, then check.");
        JsonNode record = as(email, "GET", "/tenant/dora-charging", "").path("customDomainRecord");
        awaitText(browser, record.path("name").asText());
        awaitText(browser, record.path("value").asText());
        press(browser, "Check now");
        awaitText(browser, "DNS does not have the record yet.");
        publish(record.path("name").asText(), "something else");
        press(browser, "Check now");
        awaitText(browser, "There is this instead: \"something else\"");
        assertThat(findings()).isEmpty();
        publish(record.path("name").asText(), record.path("value").asText());
        press(browser, "Check now");
        awaitText(browser, "ocpp.dora.example belongs to this tenant.");
        press(browser, "Remove domain");
        awaitText(browser, "Chargers that come by ocpp.dora.example are not let in any more");
        browser.find("dialog .button-danger").click();
        browser.await(
                "none",
                () -> as(email, "GET", "/tenant/dora-charging", "")
                        .path("customDomain")
                        .isNull());
    }

    @Test
    void deletesATenantByItsPrefixUnlessItPays() {
        expectedComplaints.add("/tenant/demo - Failed to load resource");
        open(browser, "/t/demo/settings", ADMIN);
        press(browser, "Delete tenant");
        retype("#field-typed", "dem");
        assertThat(browser.attribute(browser.find("dialog .button-danger"), "ariaDisabled"))
                .isEqualTo("true");
        browser.press("o", Keys.ENTER);
        awaitText(browser, "This tenant’s subscription goes on, and deleting the tenant would not end it.");
        press(browser, "Cancel");

        as(ADMIN, "POST", "/tenant", "{\"name\":\"Short-lived\",\"domainPrefix\":\"short-lived\"}");
        browser.open(console("/t/short-lived/settings"));
        press(browser, "Delete tenant");
        retype("#field-typed", "short-lived");
        browser.press(Keys.ENTER);
        awaitText(browser, "Short-lived is deleted.");
        assertThat(browser.address()).isEqualTo(console("/"));
        browser.await("off the cards", () -> !browser.find("main").getText().contains("Short-lived"));
    }

    private static void publish(String name, String value) {
        as(ADMIN, "PUT", "/_local/dns", "{\"" + name + "\":[\"" + value + "\"]}");
    }

    /// At once, and with what no key is for.
    private static void fill(String field, String text) {
        browser.run(
                "const field = document.querySelector(arguments[0]); field.value = arguments[1];"
                        + " field.dispatchEvent(new InputEvent('input', { bubbles: true }))",
                field,
                text);
    }

    private static void retype(String field, String text) {
        browser.await(field, () -> !browser.all(field).isEmpty());
        browser.find(field).sendKeys(Keys.chord(Keys.CONTROL, "a"), text);
    }
}
