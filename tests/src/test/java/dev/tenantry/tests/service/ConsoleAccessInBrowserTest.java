package dev.tenantry.tests.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/// The console's screen of the allowlist: what would go too far is said before it is sent.
class ConsoleAccessInBrowserTest extends ConsoleInBrowserTest {

    @Test
    void letsInOneselfAndNobodyElseByTwoClicks() {
        as("ann@x.example", "POST", "/tenant", "{\"name\":\"Ann\",\"domainPrefix\":\"ann-charging\"}");
        open(browser, "/t/ann-charging/access", "ann@x.example");
        awaitText(browser, "members may come from any address");
        press(browser, "Add my address");
        awaitText(browser, "From then on nobody reaches this tenant from another address");
        browser.find("dialog .button-primary").click();
        awaitText(browser, "127.0.0.1 is on the list.");
        browser.await("listed", () -> !browser.all("table.table").isEmpty());
        assertThat(browser.find("table.table").getText()).contains("127.0.0.1", "You", "My address", "Never");

        press(browser, "Add entry for console and API");
        retype("#field-ip", "203.0.113.7/24");
        awaitText(browser, "Did you mean 203.0.113.0/24?");
        retype("#field-ip", "203.0.113.0/24");
        date("#field-expiresAt", "2099-01-01T00:00");
        browser.press(Keys.ENTER);
        awaitText(browser, "203.0.113.0/24 is on the list.");
        press(browser, "Actions for 127.0.0.1");
        press(browser, "Remove");
        awaitText(browser, "Without it you would lock yourself out.");
        press(browser, "Close");
        press(browser, "Actions for 127.0.0.1");
        press(browser, "Edit");
        date("#field-expiresAt", "2099-01-01T00:00");
        awaitText(browser, "Only beside an entry without expiry");
        assertThat(findings()).isEmpty();
        press(browser, "Cancel");
        press(browser, "Actions for 203.0.113.0/24");
        press(browser, "Remove");
        browser.find("dialog .button-danger").click();
        awaitText(browser, "203.0.113.0/24 is off the list.");
        browser.await("one left", () -> browser.all("table.table tbody tr").size() == 1);
        press(browser, "Actions for 127.0.0.1");
        press(browser, "Remove");
        awaitText(browser, "Without it, members may reach this tenant from any address again.");
        browser.find("dialog .button-danger").click();
        awaitText(browser, "members may come from any address");
    }

    @Test
    void addsTheOwnAddressBeforeOneThatWouldLockOut() {
        enterWhatWouldLockOut("bea@x.example", "bea-charging");
        browser.find("#field-ip").sendKeys(Keys.ENTER);
        awaitText(browser, "2001:db8::/32 is on the list.");
        JsonNode entries = as("bea@x.example", "GET", "/tenant/bea-charging/ips", "");
        assertThat(entries.findValuesAsText("ip")).containsExactly("127.0.0.1", "2001:db8::/32");
    }

    /// In a tenant of their own, up to where the dialog says so.
    private static void enterWhatWouldLockOut(String person, String prefix) {
        as(person, "POST", "/tenant", "{\"name\":\"Own\",\"domainPrefix\":\"" + prefix + "\"}");
        open(browser, "/t/" + prefix + "/access", person);
        press(browser, "Add entry for console and API");
        retype("#field-ip", "2001:db8::/32");
        awaitText(browser, "It does not let in your own address, 127.0.0.1.");
    }

    @Test
    void finishesWhatWasHalfDone() {
        enterWhatWouldLockOut("cy@x.example", "cy-charging");
        browser.run("const real = fetch; let isLost = true; window.fetch = async (where, how) => {"
                + " if (isLost && how?.body?.includes('2001:db8')) { isLost = false; throw new TypeError('lost'); }"
                + " return real(where, how); }");
        browser.find("#field-ip").sendKeys(Keys.ENTER);
        awaitText(browser, "The service cannot be reached");
        browser.await(
                "the first half, in the list",
                () -> browser.find("main").getText().contains("My address"));
        browser.find("#field-ip").sendKeys(Keys.ENTER);
        awaitText(browser, "2001:db8::/32 is on the list.");
    }

    @Test
    void takesNoHalfOfADateForNever() {
        open(browser, "/t/demo/access", ADMIN);
        press(browser, "Add entry for chargers");
        retype("#field-ip", "203.0.113.0/24");
        browser.find("#field-expiresAt").sendKeys("01012099");
        browser.find("#field-ip").sendKeys(Keys.ENTER);
        awaitText(browser, "Enter the whole date and time, or empty the field.");
        date("#field-expiresAt", "12099-01-01T00:00");
        browser.find("#field-ip").sendKeys(Keys.ENTER);
        awaitText(browser, "Enter the whole date and time, or empty the field.");
        assertThat(browser.all("dialog #field-ip")).isNotEmpty();
    }

    /// As IpBlockTest has them: what is right there is right here.
    @Test
    void readsBlocksAsTheApiDoes() {
        open(browser, "/t/demo/access", ADMIN);
        press(browser, "Add entry for chargers");
        browser.await("the field", () -> !browser.all("#field-ip").isEmpty());
        retype("#field-ip", "x");
        browser.press(Keys.ENTER);
        for (String wrong :
                List.of("1.2.3", "01.2.3.4", "1.2.3.4/33", "::/0", "1:2::3::4", "fe80::1%1", "1.2.3.4/", "::1.2.3")) {
            retype("#field-ip", wrong);
            assertThat(browser.all("#field-ip-error")).as(wrong).isNotEmpty();
        }
        for (String right :
                List.of("1.2.3.4", "1.2.3.0/24", "::1", "2001:DB8:0::/32", "::ffff:192.0.2.0/120", "1:2:3:4:5:6:7:8")) {
            retype("#field-ip", right);
            assertThat(browser.all("#field-ip-error")).as(right).isEmpty();
        }
        retype("#field-ip", "2001:db8:0:1::5/48");
        awaitText(browser, "Did you mean 2001:db8::/48?");
    }

    private static void retype(String field, String text) {
        browser.await(field, () -> !browser.all(field).isEmpty());
        browser.find(field).sendKeys(Keys.chord(Keys.CONTROL, "a"), text);
    }

    /// What is typed into such a field goes by the browser's language.
    private static void date(String field, String value) {
        browser.run(
                "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('input', { bubbles: true }));"
                        + " arguments[0].focus()",
                browser.find(field),
                value);
    }
}
