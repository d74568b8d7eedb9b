package dev.tenantry.tests.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/// Subscribing, and what the console says of a subscription.
class ConsoleBillingInBrowserTest extends ConsoleInBrowserTest {

    @Test
    void subscribesAndComesBack() {
        as("pat@x.example", "POST", "/tenant", "{\"name\":\"Pat\",\"domainPrefix\":\"pats\"}");
        open(browser, "/t/pats/billing", "pat@x.example");
        awaitText(browser, "No subscription yet");
        awaitText(browser, "Charge points, paid yearly");
        WebElement quantity = browser.find("#field-quantity-2");
        assertThat(browser.attribute(quantity, "value")).isEqualTo("10");
        quantity.sendKeys(Keys.chord(Keys.CONTROL, "a"), "501");
        awaitText(browser, "Use a number from 10 to 500.");
        browser.find("#field-quantity-1").sendKeys(Keys.chord(Keys.CONTROL, "a"), "3");
        awaitText(browser, "€27.00 per month");

        browser.find(".product .button-primary").click();

        browser.await("Stripe's page", () -> !browser.all("button[value='pay']").isEmpty());
        belongs(() -> {}, URI.create("http://" + URI.create(browser.address()).getAuthority()));
        browser.find("button[value='pay']").click();
        browser.await("the way back", () -> browser.address().startsWith(console("/t/pats/billing")));
        awaitText(browser, "Quantity: 3");
        awaitText(browser, "The subscription is active and paid until");
        assertThat(browser.address()).isEqualTo(console("/t/pats/billing"));
        assertThat(browser.all(".product")).as("nothing else to subscribe to").isEmpty();
    }

    @Test
    void saysHowASubscriptionStands() {
        as("ron@x.example", "POST", "/tenant", "{\"name\":\"Ron\",\"domainPrefix\":\"rons\"}");
        stripe("{\"tenant\":\"rons\",\"status\":\"past_due\",\"quantity\":2}");
        open(browser, "/t/rons/billing", "ron@x.example");
        awaitText(browser, "The latest payment failed.");
        awaitText(browser, "Pay at Stripe");
        assertThat(findings()).isEmpty();
        stripe("{\"tenant\":\"rons\",\"status\":\"canceled\"}");
        browser.open(console("/t/rons/billing?back=title"));
        awaitText(browser, "The subscription has ended.");
        assertThat(browser.find("main").getText())
                .as("what anybody can write into an address")
                .doesNotContain("billing.back");
        awaitText(browser, "What you can subscribe to");
    }

    @Test
    void waitsForStripeHoweverSlowlyAnswersComeAndNotForEver() {
        as("uma@x.example", "POST", "/tenant", "{\"name\":\"Uma\",\"domainPrefix\":\"umas\"}");
        open(browser, "/t/umas/access", "uma@x.example");
        awaitText(browser, "127.0.0.1");
        // Time that runs twenty times as fast, and answers that take longer than the pause between two questions.
        browser.run("const wait = setTimeout; const every = setInterval; const real = fetch; window.cut = 0;"
                + " window.setTimeout = (act, millis) => wait(act, millis / 20);"
                + " window.setInterval = (act, millis) => every(act, millis / 20);"
                + " window.fetch = async (where, how) => { const answer = await real(where, how);"
                + " await new Promise((go) => wait(go, 150)); if (how?.signal?.aborted) cut++; return answer; }");
        comeBackFrom("checkout");
        awaitText(browser, "Waiting for Stripe");
        awaitText(browser, "Nothing has arrived yet");
        assertThat(browser.value("return cut"))
                .as("answers cut off by the next question")
                .isEqualTo(0L);
        press(browser, "Access");
        awaitText(browser, "127.0.0.1");
        comeBackFrom("portal");
        awaitText(browser, "Nothing has changed so far");
    }

    /// Without loading the page anew, which would end its hurry.
    private static void comeBackFrom(String place) {
        browser.run(
                "history.pushState(null, '', arguments[0]); dispatchEvent(new PopStateEvent('popstate'))",
                "/console/t/umas/billing?back=" + place);
    }

    @Test
    void letsViewersLookAndNoMore() {
        open(browser, "/t/demo/billing", VIEWER);
        awaitText(browser, "Quantity: 25");
        assertThat(browser.all("main .button-primary, .page-actions button")).isEmpty();
    }

    @Test
    void saysThatStripeDoesNotAnswer() {
        expectedComplaints.add("the server responded with a status of 502");
        as("sue@x.example", "POST", "/tenant", "{\"name\":\"Sue\",\"domainPrefix\":\"sues\"}");
        open(browser, "/t/sues/billing", "sue@x.example");
        awaitText(browser, "€9.00");
        as("sue@x.example", "POST", "/_local/fault", "{\"service\":\"stripe\",\"kind\":\"error\",\"count\":9}");
        browser.find(".product .button-primary").click();
        awaitText(browser, "A service that is needed for this does not answer.");
        as("sue@x.example", "POST", "/_local/fault", "{\"service\":\"stripe\",\"kind\":\"error\",\"count\":0}");
    }

    private static void stripe(String change) {
        as("ron@x.example", "POST", "/_local/stripe/subscription", change);
    }
}
