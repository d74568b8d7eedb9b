package dev.tenantry.tests.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.local.fleet.FleetMain;
import dev.tenantry.tests.project.Project;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/// The first day of somebody who has never seen the API, from signing in to paying, by what the console offers alone.
class ConsoleFirstDayInBrowserTest extends ConsoleInBrowserTest {

    private static final String ADA = "ada@example.com";
    private static final String YAN = "yan@volt.example";

    @Test
    void goesFromNothingToATenantWithPeopleChargersAndASubscription() throws IOException {
        open(browser, "/", ADA);
        press(browser, "Create tenant");
        awaitFocusIn("main h1");
        browser.find("#field-name").sendKeys("Volt Valley", Keys.ENTER);
        awaitText(browser, "Volt Valley is there.");
        awaitText(browser, "wss://volt-valley.");

        invitesAColleague();
        List<String> fleet = fleetOfTheReadme();
        makesAProfile(fleet.get(fleet.indexOf("--password") + 1));
        entersAChargerAndLetsOthersIn(fleet);
        subscribes();

        usesTheService();
        press(browser, "Audit trail");
        browser.await("the trail", () -> {
            String trail = browser.find("main").getText();
            return trail.contains("Yan Volt") && trail.contains("Street") && trail.contains("SIM-");
        });
        assertThat(as(ADA, "GET", "/tenant/volt-valley/audit?limit=1000", "")
                        .valueStream()
                        .map(entry -> entry.path("action").asText()))
                .contains(
                        "tenant.created",
                        "invite.created",
                        "user.joined",
                        "profile.created",
                        "profile.updated",
                        "charger.added",
                        "charger.registered",
                        "provisioning.started",
                        "subscription.changed");
    }

    private void invitesAColleague() {
        press(browser, "People");
        press(browser, "Invite");
        browser.await("the form", () -> !browser.all("#field-receiver").isEmpty());
        browser.find("#field-receiver").sendKeys(YAN, Keys.ENTER);
        browser.await("the invite", () -> browser.find("main").getText().contains(YAN));
        try (Browser yans = Browser.start()) {
            open(yans, "/invite/accept?token=" + invited(YAN), YAN);
            press(yans, "Accept invite");
            awaitText(yans, "You are in Volt Valley");
        }
    }

    private void makesAProfile(String password) {
        press(browser, "Charger profiles");
        press(browser, "Create profile");
        awaitFocusIn("main h1");
        browser.find("#field-displayName").sendKeys("Street");
        browser.find("#field-cpmsUrl").sendKeys(Keys.chord(Keys.CONTROL, "a"), "wss://cpms.example.com/ocpp");
        press(browser, "Generate");
        String first = browser.attribute(browser.find("#field-password"), "value");
        press(browser, "Create profile");
        awaitText(browser, "Copy the password now");
        press(browser, "I have copied it");
        awaitText(browser, "Street is there.");

        press(browser, "Change password");
        press(browser, "Generate");
        assertThat(browser.attribute(browser.find("#field-password"), "value")).isNotEqualTo(first);
        browser.find("#field-password").sendKeys(Keys.chord(Keys.CONTROL, "a"), password);
        press(browser, "Save");
        awaitText(browser, "Street is saved.");
    }

    /// What somebody types who follows the README.
    private static List<String> fleetOfTheReadme() throws IOException {
        return Files.readString(Project.root().resolve("README.md"))
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("./fleet "))
                .map(line -> List.of(line.substring("./fleet ".length()).split(" ")))
                .findFirst()
                .orElseThrow();
    }

    private void entersAChargerAndLetsOthersIn(List<String> fleet) {
        press(browser, "Chargers");
        press(browser, "Add charger");
        awaitFocusIn("#field-identity");
        browser.press("GATE-01", Keys.ENTER);
        browser.await("in the list", () -> browser.find("main").getText().contains("GATE-01"));
        browser.open(console("/t/volt-valley/chargers"));
        press(browser, "Open provisioning");
        awaitText(browser, "Limit how many may register");
        browser.find("dialog button[type=submit]").click();
        awaitText(browser, "0 of at most 100 registered");

        List<String> options = new ArrayList<>(List.of("--url", service.toString(), "--sqs", queue.toString()));
        options.addAll(fleet);
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);
        int status = FleetMain.run(options, Map.of(), out, out, Optional.empty());
        assertThat(status).as(told.toString(StandardCharsets.UTF_8)).isZero();
        // Nobody reloads: the page follows by itself.
        awaitText(browser, "100 of at most 100 registered");
        awaitText(browser, "of 101");
    }

    /// What the fleet sent, once it is folded: that is every five minutes.
    private void usesTheService() {
        press(browser, "Usage");
        awaitText(browser, "There was no usage.");
        browser.await("folded usage", () -> {
            as(ADA, "POST", "/2015-03-31/functions/MetricsAggregationFunction/invocations", "{}");
            return as(ADA, "GET", "/tenant/volt-valley/metrics", "").findValues("messagesIn").stream()
                    .anyMatch(it -> it.asLong() > 0);
        });
        press(browser, "Overview");
        press(browser, "Usage");
        awaitText(browser, "The same numbers as a table");
        assertThat(browser.find("#chart-messages + .legend .value").getText()).matches("[1-9][0-9,]*");
        assertThat(browser.find("#chart-online + .legend .value").getText()).isEqualTo("100");
    }

    private void subscribes() {
        press(browser, "Billing");
        awaitText(browser, "No subscription yet");
        browser.await("the products", () -> !browser.all("#field-quantity-1").isEmpty());
        awaitFocusIn("main h1");
        browser.find("#field-quantity-1").sendKeys(Keys.chord(Keys.CONTROL, "a"), "25");
        browser.find(".product .button-primary").click();
        browser.await("Stripe's page", () -> !browser.all("button[value='pay']").isEmpty());
        belongs(() -> {}, URI.create("http://" + URI.create(browser.address()).getAuthority()));
        browser.find("button[value='pay']").click();
        awaitText(browser, "The subscription is active and paid until");
    }
}
