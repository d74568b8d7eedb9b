package dev.tenantry.tests.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/// The console's screens of charger profiles.
class ConsoleProfilesInBrowserTest extends ConsoleInBrowserTest {

    @Test
    void createsAProfileWhosePasswordIsToldOnce() {
        open(browser, "/t/demo/profiles", USER);
        awaitText(browser, "Public chargers");
        press(browser, "Create profile");
        awaitFocusIn("main h1");
        browser.find("#field-displayName").sendKeys("Harbour");
        press(browser, "Add key");
        browser.find(".keys-row input").sendKeys("SecurityCtrlr/BasicAuthPassword");
        awaitText(browser, "This key holds a secret that everybody could read here.");
        browser.find("#field-cpmsUrl").sendKeys("192.168.1.1/ocpp", Keys.ENTER);
        awaitText(browser, "Use a host on the public Internet");
        awaitText(browser, "Enter a password, or have one generated.");
        assertThat(browser.value("return document.activeElement.id")).isEqualTo("field-cpmsUrl");
        retype("#field-cpmsUrl", "wss://cpms.example.com/ocpp");
        retype(".keys-row input", "MeterValueSampleInterval");
        browser.find(".keys-cell + .keys-cell input").sendKeys("60");
        browser.find("#field-passwordKind-hex").click();
        press(browser, "Generate");
        String password = browser.attribute(browser.find("#field-password"), "value");
        assertThat(password).matches("[0-9a-f]{40}");
        press(browser, "Create profile");

        awaitToldOnce(password);
        press(browser, "I have copied it");
        awaitText(browser, "Harbour is there.");
        awaitText(browser, "A password is set. Nobody can read it.");
        assertThat(browser.value("return document.body.innerHTML").toString()).doesNotContain(password);
        JsonNode profile =
                as(USER, "GET", browser.address().replaceFirst(".*/t/demo/profiles/", "/tenant/demo/profile/"), "");
        assertThat(profile.path("hasPassword").asBoolean()).isTrue();
        assertThat(profile.path("configuration")
                        .path("MeterValueSampleInterval")
                        .asText())
                .isEqualTo("60");
    }

    @Test
    void showsBothVersionsOfWhatTwoPeopleChanged() {
        expectedComplaints.add("412");
        String path = "/tenant/demo/profile/2";
        open(browser, "/t/demo/profiles/2", USER);
        browser.await("the form", () -> !browser.all("#field-description").isEmpty());
        retype("#field-description", "Behind the red gate");
        press(browser, "Change password");
        browser.find("#field-password").sendKeys("correct horse battery");
        as(ADMIN, "PUT", path, "{\"description\":\"Behind the blue gate\",\"heartbeatInterval\":77}");
        press(browser, "Save");
        awaitText(browser, "Somebody else changed this, too");
        assertThat(browser.find("dialog").getText())
                .contains("Behind the red gate", "Behind the blue gate", "A new password")
                .contains("it stays either way: Heartbeat every");
        assertThat(findings()).isEmpty();
        press(browser, "Keep mine");

        awaitText(browser, "Depot is saved.");
        JsonNode profile = as(USER, "GET", path, "");
        assertThat(profile.path("description").asText()).isEqualTo("Behind the red gate");
        assertThat(profile.path("heartbeatInterval").asInt()).isEqualTo(77);
        awaitText(browser, "The former password is taken as well until");
        assertThat(browser.attribute(browser.find("#field-heartbeatInterval"), "value"))
                .isEqualTo("77");
        retype("#field-description", "Behind no gate");
        as(ADMIN, "PUT", path, "{\"description\":\"Behind a wall\"}");
        press(browser, "Save");
        press(browser, "Keep the saved one");
        browser.await(
                "theirs",
                () -> browser.attribute(browser.find("#field-description"), "value")
                        .equals("Behind a wall"));
        assertThat(browser.all(".savebar")).isEmpty();
    }

    @Test
    void asksBeforeChangesAreLost() {
        open(browser, "/t/demo/profiles", USER);
        press(browser, "Street");
        awaitFocusIn("main h1");
        retype("#field-description", "Lost");
        press(browser, "Access");
        awaitText(browser, "Discard your changes?");
        press(browser, "Cancel");
        browser.run("history.back()");
        awaitText(browser, "Discard your changes?");
        press(browser, "Cancel");
        assertThat(browser.attribute(browser.find("#field-description"), "value"))
                .isEqualTo("Lost");
        browser.run("history.back()");
        awaitText(browser, "Discard your changes?");
        browser.find("dialog .button-danger").click();
        awaitText(browser, "Create profile");
        assertThat(browser.address()).isEqualTo(console("/t/demo/profiles"));
    }

    @Test
    void saysWhyAProfileStays() {
        expectedComplaints.add("412");
        String id = as(
                        USER,
                        "POST",
                        "/tenant/demo/profile",
                        "{\"displayName\":\"Spare\",\"cpmsUrl\":\"wss://x.example/\"}")
                .path("id")
                .asText();
        open(browser, "/t/demo/profiles", USER);
        press(browser, "Actions for Street");
        press(browser, "Delete");
        awaitText(browser, "chargers use this profile, so it cannot be deleted.");
        assertThat(browser.attribute(browser.find("dialog a"), "href"))
                .isEqualTo(console("/t/demo/chargers?profileId=1"));
        press(browser, "Close");
        press(browser, "Actions for Spare");
        press(browser, "Make default");
        awaitText(browser, "Spare is the default now.");
        browser.await(
                "the default, in its row",
                () -> browser.value("return [...document.querySelectorAll('main tbody tr')].some((it) =>"
                                + " it.innerText.includes('Spare') && it.innerText.includes('New chargers get it'))")
                        .equals(true));
        press(browser, "Actions for Spare");
        press(browser, "Delete");
        awaitText(browser, "Make another profile the default first.");
        press(browser, "Close");
        // Another one becomes the default again while this page is open, and it can go.
        as(ADMIN, "PUT", "/tenant/demo/profile/1", "{\"isDefault\":true}");
        press(browser, "Spare");
        browser.await("the form", () -> !browser.all("#field-description").isEmpty());
        as(ADMIN, "PUT", "/tenant/demo/profile/" + id, "{\"description\":\"For the new yard\"}");
        press(browser, "Delete");
        awaitText(browser, "It cannot be brought back.");
        browser.find("dialog .button-danger").click();
        awaitText(browser, "Somebody else changed this, too");
        assertThat(browser.find(".conflict").getText()).contains("Deleted", "For the new yard");
        press(browser, "Keep mine");
        awaitText(browser, "Spare is deleted.");
        assertThat(as(USER, "GET", "/tenant/demo/profile/" + id, "")
                        .path("code")
                        .asText())
                .isEqualTo("profile_not_found");
    }

    @Test
    void offersNothingToWhoMayChangeNothing() {
        open(browser, "/t/demo/profiles/1", VIEWER);
        awaitText(browser, "wss://cpms.example.com/ocpp");
        assertThat(browser.all("main input, main button:not([aria-label=Copy])"))
                .isEmpty();
    }

    private static void retype(String field, String text) {
        browser.find(field).sendKeys(Keys.chord(Keys.CONTROL, "a"), text);
    }
}
