package dev.tenantry.tests.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.local.aws.http.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/// The console's screens of tenants and of their people.
class ConsolePeopleInBrowserTest extends ConsoleInBrowserTest {

    @Test
    void createsATenantByKeyboardAlone() {
        open(browser, "/", "kay@x.example");
        awaitText(browser, "You belong to no tenant yet");
        tabTo("Create tenant");
        browser.press(Keys.ENTER);
        browser.await("the form", () -> !browser.all("#field-name").isEmpty());
        browser.await(
                "the heading has the focus",
                () -> browser.focused().getTagName().equals("h1"));
        browser.press(Keys.TAB);
        browser.press("Kay's Größte Ladung");
        assertThat(browser.attribute(browser.find("#field-domainPrefix"), "value"))
                .isEqualTo("kay-s-grosste-ladung");
        browser.press(Keys.TAB);
        assertThat(browser.value("return [...document.activeElement.getAttribute('aria-describedby').split(' ')]"
                        + ".map((it) => document.getElementById(it).textContent).join(' ')"))
                .asString()
                .as("what stands beside it is read out")
                .startsWith("wss:// .ocpp.localhost/ ");
        browser.press(Keys.chord(Keys.CONTROL, "a"), "Kay");
        awaitText(browser, "Use lower-case letters.");
        browser.press(Keys.chord(Keys.CONTROL, "a"), "console");
        awaitText(browser, "This one is reserved.");
        browser.press(Keys.chord(Keys.CONTROL, "a"), "kays-charging");
        awaitText(browser, "It can be used, unless another tenant has it.");
        browser.press(Keys.ENTER);
        awaitText(browser, "Kay's Größte Ladung is there.");
        browser.await("the tenant", () -> browser.address().equals(console("/t/kays-charging")));
        awaitText(browser, "First steps");
    }

    @Test
    void saysAtTheFieldThatAPrefixIsTaken() {
        expectedComplaints.add("/tenant - Failed to load resource: the server responded with a status of 409");
        open(browser, "/new", "lee@x.example");
        browser.await("the form", () -> !browser.all("#field-name").isEmpty());
        browser.find("#field-name").sendKeys("Demo", Keys.ENTER);
        awaitText(browser, "Another tenant has, or had, “demo”. Choose another one.");
        assertThat(browser.attribute(browser.find("#field-domainPrefix"), "ariaInvalid"))
                .isEqualTo("true");
        browser.find("#field-name").sendKeys(" two");
        awaitText(browser, "It can be used, unless another tenant has it.");
    }

    @Test
    void savesSeveralRolesAtOnceAndKeepsAnAdmin() {
        as("mia@x.example", "POST", "/tenant", "{\"name\":\"Mia\",\"domainPrefix\":\"mias\"}");
        join("mias", "mia@x.example", "noa@x.example", "viewer");
        join("mias", "mia@x.example", "oda@x.example", "viewer");
        open(browser, "/t/mias/people", "mia@x.example");
        awaitText(browser, "oda@x.example");
        awaitText(browser, "The only administrator");
        choose(browser, roleOf("Mia X"), "user");
        awaitText(browser, "A tenant needs an administrator.");
        assertThat(browser.find(".savebar .button-primary").getAttribute("aria-disabled"))
                .isEqualTo("true");
        choose(browser, roleOf("Noa X"), "admin");
        choose(browser, roleOf("Oda X"), "user");
        awaitText(browser, "3 changes not saved");
        press(browser, "Save");
        awaitText(browser, "3 roles changed.");
        browser.await("no admin any more", () -> browser.all("main select").isEmpty());
    }

    @Test
    void showsWhatSomebodyElseMadeImpossibleMeanwhile() {
        expectedComplaints.add("/user - Failed to load resource: the server responded with a status of 404");
        as("pia@x.example", "POST", "/tenant", "{\"name\":\"Pia\",\"domainPrefix\":\"pias\"}");
        join("pias", "pia@x.example", "quin@x.example", "viewer");
        open(browser, "/t/pias/people", "pia@x.example");
        awaitText(browser, "quin@x.example");
        String quin = as("pia@x.example", "GET", "/tenant/pias/user", "")
                .valueStream()
                .filter(it -> it.path("username").asText().equals("quin@x.example"))
                .findFirst()
                .orElseThrow()
                .path("userId")
                .asText();
        as("quin@x.example", "DELETE", "/tenant/pias/user/" + quin, "");
        choose(browser, roleOf("Quin X"), "user");
        press(browser, "Save");
        awaitText(browser, "This person is not in the tenant any more.");
        awaitText(browser, "Request id:");
    }

    @Test
    void removesAndLeaves() {
        as("rosa@x.example", "POST", "/tenant", "{\"name\":\"Rosa\",\"domainPrefix\":\"rosas\"}");
        join("rosas", "rosa@x.example", "sol@x.example", "admin");
        join("rosas", "rosa@x.example", "tom@x.example", "admin");
        as(
                "tom@x.example",
                "POST",
                "/tenant/rosas/invite",
                "{\"receiver\":\"una@x.example\",\"role\":\"user\",\"language\":\"en\"}");
        open(browser, "/t/rosas/people", "sol@x.example");
        awaitText(browser, "una@x.example");
        press(browser, "Actions for Tom X");
        press(browser, "Remove");
        awaitText(browser, "Remove Tom X?");
        press(browser, "Remove");
        awaitText(browser, "Tom X was removed.");
        browser.await(
                "gone", () -> browser.all("[aria-labelledby=members] tbody tr").size() == 2);
        awaitFocusIn("[aria-labelledby=members] tbody [aria-haspopup=menu]");
        awaitText(browser, "Whoever sent it is no longer an administrator.");
        press(browser, "Actions for Sol X");
        press(browser, "Leave");
        awaitText(browser, "Leave this tenant?");
        press(browser, "Leave");
        awaitText(browser, "You have left the tenant.");
        awaitText(browser, "You belong to no tenant yet");
    }

    @Test
    void saysInTheQuestionThatTheOnlyAdminCannotLeave() {
        expectedComplaints.add("Failed to load resource: the server responded with a status of 409");
        as("una@x.example", "POST", "/tenant", "{\"name\":\"Una\",\"domainPrefix\":\"unas\"}");
        open(browser, "/t/unas/people", "una@x.example");
        awaitText(browser, "una@x.example");
        press(browser, "Actions for Una X");
        press(browser, "Leave");
        awaitText(browser, "Leave this tenant?");
        press(browser, "Leave");
        awaitText(browser, "This would leave the tenant without an administrator.");
        press(browser, "Cancel");
        browser.await("closed", () -> browser.all("dialog").isEmpty());
        awaitFocusIn("[aria-label='Actions for Una X']");
    }

    @Test
    void invitesSendsAgainAndRevokes() {
        as("vera@x.example", "POST", "/tenant", "{\"name\":\"Vera\",\"domainPrefix\":\"veras\"}");
        open(browser, "/t/veras/people", "vera@x.example");
        awaitText(browser, "Nobody is invited");
        press(browser, "Invite");
        awaitText(browser, "Invite a colleague");
        awaitFocusIn("#field-receiver");
        browser.press("wim@x.example", Keys.ENTER);
        awaitText(browser, "Invite sent to wim@x.example.");
        browser.await("in the list", () -> browser.all("tbody").size() == 2);
        String token = invited("wim@x.example");
        press(browser, "Actions for wim@x.example");
        press(browser, "Send again");
        browser.await("another mail", () -> !invited("wim@x.example").equals(token));
        press(browser, "Actions for wim@x.example");
        press(browser, "Revoke");
        awaitText(browser, "Revoke the invite to wim@x.example?");
        press(browser, "Revoke");
        awaitText(browser, "Invite to wim@x.example revoked.");
        awaitText(browser, "Nobody is invited");
        awaitFocusIn("#invites");
    }

    @Test
    void losesNothingThatWasTypedByAPressBesideADialog() {
        open(browser, "/t/demo/people", ADMIN);
        awaitText(browser, "viewer@demo.example");
        press(browser, "Invite");
        awaitFocusIn("#field-receiver");
        browser.press(Keys.ESCAPE);
        browser.await("closed", () -> browser.all("dialog").isEmpty());
        awaitFocusIn(".page-actions button");
        press(browser, "Invite");
        awaitFocusIn("#field-receiver");
        browser.press("ada@x.example");
        browser.pressAt(5, 5);
        browser.press(Keys.ESCAPE);
        awaitText(browser, "Discard your changes?");
        press(browser, "Cancel");
        awaitFocusIn("#field-receiver");
        assertThat(browser.attribute(browser.focused(), "value")).isEqualTo("ada@x.example");
        press(browser, "Close");
        press(browser, "Discard");
        browser.await("closed", () -> browser.all("dialog").isEmpty());
        awaitFocusIn(".page-actions button");
    }

    @Test
    void knowsARoleThatCameMeanwhile() {
        open(browser, "/", "xena@x.example");
        awaitText(browser, "You belong to no tenant yet");
        as("xena@x.example", "POST", "/tenant", "{\"name\":\"Xena\",\"domainPrefix\":\"xenas\"}");
        browser.run("history.pushState(null, '', '/console/t/xenas'); dispatchEvent(new PopStateEvent('popstate'))");
        awaitText(browser, "Administrator");
        awaitText(browser, "Audit trail");
        // A reading that began before a change ends after it.
        hold(browser, "/tenant$");
        String reads = "import('/console/app/tenants.js').then((it) => { void it.loadTenants(); return 0; })";
        browser.eventually(reads);
        awaitHeld(browser);
        as("xena@x.example", "POST", "/tenant", "{\"name\":\"Xena two\",\"domainPrefix\":\"xena-two\"}");
        browser.eventually(reads);
        browser.await(
                "both answers", () -> browser.value("return held.length === 2").equals(true));
        browser.run("held.pop()()");
        browser.await(
                "the later answer is read",
                () -> browser.eventually("import('/console/app/tenants.js').then((it) => it.tenants.get().list.length)")
                                .asInt()
                        == 2);
        letGo(browser);
        press(browser, "Tenant: Xena. Switch tenant");
        awaitText(browser, "Xena two");
    }

    @Test
    void speaksTheLanguageThatWasChosen() {
        open(browser, "/", ADMIN);
        awaitText(browser, "Demo Charging");
        press(browser, "Language: English");
        press(browser, "Nederlands");
        awaitText(browser, "Tenant maken");
        assertThat(browser.value("return document.documentElement.lang")).isEqualTo("nl");
        browser.reload();
        awaitText(browser, "Tenant maken");
        saysInItWhatTheApiHasAgainstAField();
    }

    private void saysInItWhatTheApiHasAgainstAField() {
        expectedComplaints.add("/demo/invite - Failed to load resource: the server responded with a status of 400");
        browser.open(console("/t/demo/people"));
        press(browser, "Uitnodigen");
        awaitFocusIn("#field-receiver");
        browser.press("ada@@x.example", Keys.ENTER);
        awaitText(browser, "Vul een e-mailadres in zoals ada@example.com.");
        List<String> faults = List.of(
                        refused("POST", "/tenant", "{'name':' ','domainPrefix':'www'}"),
                        refused("PUT", "/tenant/demo", "{'name':'" + "x".repeat(101) + "','customDomain':'https://x'}"),
                        refused("PUT", "/tenant/demo", "{'customDomain':'wss://a.chargers.localhost/'}"),
                        refused(
                                "POST",
                                "/tenant/demo/ips",
                                "{'ip':'10.0.0.1/8','description':'" + "x".repeat(201) + "'}"),
                        refused("POST", "/tenant/demo/ips", "{'ip':'0.0.0.0/0'}"),
                        refused("POST", "/tenant/demo/ips", "{'ip':'here'}"),
                        refused("POST", "/tenant/demo/ips", "{'ip':'10.1.1.1','expiresAt':'2020-01-01T00:00:00Z'}"),
                        refused(
                                "POST",
                                "/tenant/demo/profile",
                                "{'displayName':'a\\nb','cpmsUrl':'wss://localhost/','heartbeatInterval':-1,"
                                        + "'password':'short','configuration':{'AuthorizationKey':'a'}}"),
                        refused(
                                "POST",
                                "/tenant/demo/profile",
                                "{'displayName':'a','cpmsUrl':'ws://x y','passwordHex':'abc'}"),
                        refused(
                                "POST",
                                "/tenant/demo/profile",
                                "{'displayName':'a','cpmsUrl':'wss://x.example.com/','securityProfile':1}"),
                        refused("POST", "/tenant/demo/charger", "{'identity':'NEW','profileId':999}"),
                        refused("POST", "/tenant/demo/provision", "{'durationSeconds':0,'maxChargers':0}"))
                .stream()
                .flatMap(List::stream)
                .toList();
        assertThat(faults)
                .hasSizeGreaterThan(15)
                .allSatisfy(fault -> assertThat(browser.eventually("import('/console/app/faults.js').then((it) =>"
                                        + " it.inWords(" + Json.text(fault) + ") ?? '')")
                                .asText())
                        .as(fault)
                        .isNotEmpty());
        assertThat(browser.eventually("import('/console/app/texts.js').then((it) => [59.99, 3599.9, -3600, 5400]"
                                + ".map((seconds) => it.relative(seconds * 1000, 0)).join())")
                        .asText())
                .isEqualTo("over een minuut,over een uur,een uur geleden,over 2 uur");
        assertThat(browser.eventually("import('/console/app/faults.js').then((it) =>"
                                + " it.sayFault({ message: 'is new' }).props.lang)")
                        .asText())
                .as("what only the API has words for")
                .isEqualTo("en");
    }

    /// What the API has against a body.
    private static List<String> refused(String method, String path, String body) {
        return as(ADMIN, method, path, body.replace('\'', '"'))
                .path("errors")
                .valueStream()
                .map(it -> it.path("message").asText())
                .toList();
    }

    @Test
    void savesMoreRolesThanOneCallTakes() {
        open(browser, "/t/demo", ADMIN);
        awaitText(browser, "refused lately");
        // A tenant with a hundred people takes long to make. The one who does it gives up their own role as well.
        browser.run("const real = fetch; window.calls = []; window.fetch = async (where, how) => {"
                + " const at = new URL(where).pathname; if (!at.endsWith('/demo/user')) return real(where, how);"
                + " if (how.method === 'PUT') calls.push(JSON.parse(how.body));"
                + " const people = Array.from({ length: 100 }, (_, i) => ({ userId: 'id' + i, givenName: 'Person ' + i,"
                + " familyName: '', username: i === 0 ? 'admin@demo.example' : i + '@x.example',"
                + " role: i < 2 ? 'admin' : 'viewer', joinedAt: '2026-01-01T00:00:00Z' }));"
                + " return Response.json(how.method === 'PUT' ? [] : people); }");
        press(browser, "People");
        browser.await("everybody", () -> browser.all("main tbody tr").size() > 99);
        browser.run("[...document.querySelectorAll('#members ~ * select, section select')].forEach((it, i) => {"
                + " it.value = i === 99 ? 'admin' : 'user';"
                + " it.dispatchEvent(new Event('change', { bubbles: true })); })");
        awaitText(browser, "100 changes not saved");
        press(browser, "Save");
        awaitText(browser, "100 roles changed.");
        assertThat(browser.value("return calls.map((it) => it.length).join()")).isEqualTo("90,10");
        assertThat(browser.value("return calls[0][0].userId"))
                .as("an administrator at any time")
                .isEqualTo("id99");
        assertThat(browser.value("return calls[1].at(-1).userId")).as("oneself").isEqualTo("id0");
    }

    private static void join(String tenant, String admin, String email, String role) {
        as(
                admin,
                "POST",
                "/tenant/" + tenant + "/invite",
                "{\"receiver\":\"" + email + "\",\"role\":\"" + role + "\",\"language\":\"en\"}");
        as(email, "POST", "/invite/accept", "{\"token\":\"" + invited(email) + "\"}");
    }

    private static WebElement roleOf(String name) {
        return (WebElement) browser.value(
                "return [...document.querySelectorAll('main label')].find((it) =>"
                        + " it.textContent === 'Role of ' + arguments[0]).control",
                name);
    }

    private static void tabTo(String name) {
        for (int i = 0; i < 30 && !browser.focused().getText().equals(name); i++) {
            browser.press(Keys.TAB);
        }
        assertThat(browser.focused().getText()).isEqualTo(name);
    }
}
