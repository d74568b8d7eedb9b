package dev.tenantry.tests.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.metrics.TimeZoneName;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/// The usage page in a real browser, over the service with its demo data.
class UsagePageInBrowserTest extends InBrowserTest {

    private static final String ADMIN = "admin@demo.example";
    private static final List<String> FIELDS = List.of(
            "messagesIn",
            "messagesOut",
            "bytesIn",
            "bytesOut",
            "connects",
            "disconnects",
            "errors",
            "chargersOnlineMax");

    /// Of each row of the table: when its window starts, how that is written, and the numbers without their commas.
    private static final String ROWS = """
            return [...document.querySelectorAll("tbody tr")].map((row) => [
              row.querySelector("time").dateTime,
              ...[...row.children].slice(0, -1).map((cell, at) =>
                at === 0 ? cell.textContent : cell.textContent.replaceAll(",", "")),
            ]);
            """;

    /// Whether some pixel of the first chart has the colour that the style sheet gives its first line.
    private static final String HAS_COLOUR = """
            const colour = getComputedStyle(document.documentElement).getPropertyValue("--in").trim();
            const wanted = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
            const drawn = document.querySelector(".card canvas");
            // A copy to read from: the browser complains when one that is drawn on is read again and again.
            const canvas = new OffscreenCanvas(drawn.width, drawn.height);
            const context = canvas.getContext("2d", { willReadFrequently: true });
            context.drawImage(drawn, 0, 0);
            const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
            for (let at = 0; at < data.length; at += 4) {
              if (wanted.every((part, i) => data[at + i] === part) && data[at + 3] === 255) {
                return true;
              }
            }
            return false;
            """;

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static URI site;

    @BeforeAll
    static void start() {
        site = serve();
        browser.beIn("Europe/Berlin");
    }

    @Test
    void drawsTheLastThirtyDaysByDayInTheBrowsersZone() {
        open("");
        String query = metricsQuery();
        assertThat(query).contains("interval=day").contains("timeZone=Europe%2FBerlin");
        assertThat(rows()).hasSize(30).isEqualTo(answered(query));
        assertThat(attribute("#tenant", "value")).isEqualTo("demo");
        assertThat(browser.title()).isEqualTo("Usage of demo – Tenantry");
        assertThat(browser.all(".card canvas")).hasSize(5);
        assertThat(browser.value(HAS_COLOUR)).as("a line is drawn").isEqualTo(true);
    }

    @Test
    void showsTheNumbersThatTheApiAnswers() {
        open(days(today().minusDays(40), today().minusDays(10), "day", "Asia/Kathmandu"));
        List<List<String>> answered = answered(metricsQuery());
        assertThat(rows()).hasSize(31).isEqualTo(answered);
        assertThat(answered).allSatisfy(window -> assertThat(window.get(2)).isNotEqualTo("0"));
        assertThat(attribute("tfoot data", "textContent").replace(",", "")).isEqualTo(Long.toString(sum(answered, 2)));
        assertThat(browser.find(".legend .value").getText().replace(",", ""))
                .isEqualTo(Long.toString(sum(answered, 2)));
    }

    @Test
    void drawsEachValueAtItsHeightAndTellsItToTheKeyboard() {
        open(days(today().minusDays(20), today().minusDays(11), "day", "Europe/Berlin"));
        List<List<String>> windows = rows();
        WebElement chart = browser.find(".plot");
        long plotHeight = (Long) browser.value("return document.querySelector('.u-over').clientHeight");
        long most = windows.stream()
                .mapToLong(window -> Math.max(number(window, 2), number(window, 3)))
                .max()
                .orElseThrow();
        for (int i = 0; i < windows.size(); i++) {
            chart.sendKeys(i == 0 ? Keys.HOME : Keys.ARROW_RIGHT);
            List<String> window = windows.get(i);
            assertThat(browser.attribute(chart, "aria-valuenow")).isEqualTo(Integer.toString(i));
            assertThat(browser.attribute(chart, "aria-valuetext").replace(",", ""))
                    .isEqualTo(window.get(1).replace(",", "") + ": in " + window.get(2) + " out " + window.get(3));
            for (int series = 0; series < 2; series++) {
                double height = plotHeight - pointTop(series);
                assertThat(height)
                        .as("height of %s", window)
                        .isCloseTo(plotHeight / 1.08 * number(window, 2 + series) / most, within(1.5));
            }
        }
        // Not the last window: a chart without cursor stands there, too.
        chart.sendKeys(Keys.ARROW_LEFT, Keys.ARROW_LEFT);
        assertThat(browser.all(".plot"))
                .as("all charts follow")
                .allSatisfy(other ->
                        assertThat(browser.attribute(other, "aria-valuenow")).isEqualTo("7"));
        chart.sendKeys(Keys.ESCAPE);
        assertThat(browser.attribute(chart, "aria-valuetext")).startsWith("The whole range: in ");
    }

    @Test
    void followsTheInterval() {
        open(days(today().minusDays(12), today().minusDays(10), "day", "Europe/Berlin"));
        int byDay = rows().size();
        List<List<String>> days = rows();
        choose(() -> browser.find("input[value=hour] + span").click());
        assertThat(rows()).hasSizeGreaterThan(20 * byDay).isEqualTo(answered(metricsQuery()));
        assertThat(sum(rows(), 2)).isEqualTo(sum(days, 2));
        choose(() -> browser.find("input[value=month] + span").click());
        assertThat(rows()).hasSizeBetween(1, 2).isEqualTo(answered(metricsQuery()));
    }

    @Test
    void drawsWeeksFromMondayToMonday() {
        open(days(today().minusDays(40), today().minusDays(10), "week", "Europe/Berlin"));
        assertThat(metricsQuery()).contains("interval=week");
        assertThat(rows()).hasSizeBetween(5, 6).isEqualTo(answered(metricsQuery()));
        assertThat(rows())
                .allSatisfy(week -> assertThat(Instant.parse(week.getFirst())
                                .atZone(ZoneId.of("Europe/Berlin"))
                                .toLocalDateTime())
                        .matches(start -> start.getDayOfWeek() == DayOfWeek.MONDAY
                                && start.toLocalTime().equals(LocalTime.MIDNIGHT)));
        assertThat(browser.all(".card canvas")).hasSize(5);
    }

    /// In pages of twenty windows, as a longer range would be.
    @Test
    void savesWhatItShowsAsASpreadsheet() {
        open(days(today().minusDays(12), today().minusDays(10), "hour", "Europe/Berlin"));
        String query = metricsQuery();
        browser.run("""
                const create = URL.createObjectURL;
                URL.createObjectURL = (blob) => {
                  blob.text().then((text) => { window.saved = text; });
                  return create(blob);
                };
                const send = window.fetch;
                window.fetch = (url, options) => {
                  const page = new URL(url, location.origin);
                  page.searchParams.set("limit", "20");
                  return send(page, options);
                };
                """);
        browser.find("#csv").click();
        browser.await(
                "a file",
                () -> browser.value("return window.saved !== undefined").equals(true));
        HttpResponse<String> whole = send(HttpRequest.newBuilder(site.resolve(query))
                .header("Authorization", "Bearer " + token())
                .header("Accept", "text/csv"));
        String saved = String.valueOf(browser.value("return JSON.stringify(window.saved)"));
        assertThat(Json.parse(saved).orElseThrow().asText()).isEqualTo(whole.body());
        assertThat(whole.body().lines()).hasSize(1 + rows().size());
        assertThat(browser.requests().stream().filter(url -> url.contains("limit=20")))
                .hasSizeGreaterThan(2);
        browser.await(
                "a word of it", () -> browser.find("#status").getText().startsWith("Saved usage-demo-by-hour-from-"));
    }

    @Test
    void followsTheTimeZone() {
        open(days(today().minusDays(12), today().minusDays(10), "hour", "Europe/Berlin"));
        assertThat(rows().getFirst().get(1)).contains(", 00:00 UTC+0");
        choose(() -> select("zone", "Asia/Kabul"));
        assertThat(rows()).isEqualTo(answered(metricsQuery()));
        assertThat(rows().getFirst().get(0)).endsWith("T19:30:00.000Z");
        assertThat(rows().getFirst().get(1)).endsWith(", 00:00 UTC+04:30");
    }

    @Test
    void keepsTheChoiceInTheAddress() {
        open("");
        choose(() -> select("zone", "Australia/Lord_Howe"));
        choose(() -> browser.find("input[value=hour] + span").click());
        choose(() -> select("range", "2d"));
        assertThat(browser.address())
                .isEqualTo(site + "/docs/usage#tenant=demo&interval=hour&range=2d&timeZone=Australia/Lord_Howe");
        browser.reload();
        settle();
        assertThat(metricsQuery()).contains("interval=hour").contains("timeZone=Australia%2FLord_Howe");
        assertThat(attribute("#zone", "value")).isEqualTo("Australia/Lord_Howe");
        assertThat(attribute("#range", "value")).isEqualTo("2d");
    }

    @Test
    void beginsTheDaysOfChoiceWithTheRangeThatWasShown() {
        open("");
        choose(() -> select("range", "days"));
        LocalDate today = LocalDate.ofInstant(Clock.systemUTC().instant(), ZoneId.of("Europe/Berlin"));
        assertThat(attribute("#first", "value")).isEqualTo(today.minusDays(29).toString());
        assertThat(attribute("#last", "value")).isEqualTo(today.toString());
        assertThat(rows()).hasSize(30);
    }

    @Test
    void namesTheHourThatComesTwiceByItsOffset() {
        open("#interval=hour&range=days&first=2025-10-26&last=2025-10-26&timeZone=Europe/Berlin");
        assertThat(labels())
                .hasSize(25)
                .contains(
                        "Sun, 26 Oct 2025, 01:00 UTC+02:00",
                        "Sun, 26 Oct 2025, 02:00 UTC+02:00",
                        "Sun, 26 Oct 2025, 02:00 UTC+01:00",
                        "Sun, 26 Oct 2025, 03:00 UTC+01:00")
                .doesNotHaveDuplicates();
    }

    @Test
    void namesDaysAndHoursOfUnusualLength() {
        open("#interval=day&range=days&first=2025-10-25&last=2025-10-27&timeZone=Europe/Berlin");
        assertThat(labels()).containsExactly("Sat, 25 Oct 2025", "Sun, 26 Oct 2025 (25 h)", "Mon, 27 Oct 2025");
        open("#interval=day&range=days&first=2026-03-29&last=2026-03-29&timeZone=Europe/Berlin");
        assertThat(labels()).containsExactly("Sun, 29 Mar 2026 (23 h)");
        open("#interval=hour&range=days&first=2025-04-06&last=2025-04-06&timeZone=Australia/Lord_Howe");
        assertThat(labels()).contains("Sun, 6 Apr 2025, 01:00 UTC+11:00 (90 min)", "Sun, 6 Apr 2025, 02:00 UTC+10:30");
        open("#interval=hour&range=days&first=2025-10-05&last=2025-10-05&timeZone=Australia/Lord_Howe");
        assertThat(labels()).contains("Sun, 5 Oct 2025, 01:00 UTC+10:30", "Sun, 5 Oct 2025, 02:30 UTC+11:00 (30 min)");
    }

    @Test
    void namesTicksInLocalTime() {
        open("");
        JsonNode ticks = browser.eventually("""
                Promise.all(["zone", "windows", "ticks"].map((name) => import(`/docs/usage/${name}.js`)))
                  .then(([{ Zone }, { windowsOf }, { ticks, tickLabel }]) => {
                    const hour = 3_600_000;
                    const start = Date.parse("2025-10-25T22:00Z");
                    const answered = Array.from({ length: 25 }, (_, at) => ({
                      windowStart: new Date(start + at * hour).toISOString(),
                      windowEnd: new Date(start + (at + 1) * hour).toISOString(),
                    }));
                    const windows = windowsOf(answered, "hour", new Zone("Europe/Berlin"), start);
                    return [25, 9, 1].map((room) => ticks(windows, "hour", room)
                      .map((index, at, all) => `${index} ${tickLabel(windows, "hour", index, all[at - 1])}`));
                  })
                """);
        assertThat(texts(ticks.get(0)))
                .startsWith("0 26 Oct", "1 01:00", "2 02:00", "3 02:00", "4 03:00")
                .hasSize(25);
        assertThat(texts(ticks.get(1)))
                .containsExactly(
                        "0 26 Oct", "4 03:00", "7 06:00", "10 09:00", "13 12:00", "16 15:00", "19 18:00", "22 21:00");
        assertThat(texts(ticks.get(2))).containsExactly("0 26 Oct");
    }

    @Test
    void marksWhatMayStillChangeAndWhatIsNotOver() {
        open("#range=60d&timeZone=UTC");
        assertThat(states()).startsWith("final").endsWith("may still change", "not over yet");
        LocalDate tomorrow = LocalDate.ofInstant(Clock.systemUTC().instant(), ZoneId.of("UTC"))
                .plusDays(1);
        open(days(tomorrow.minusDays(1), tomorrow, "day", "UTC"));
        assertThat(states()).contains("not begun yet");
    }

    @Test
    void saysWhatTheApiHasAgainstIt() {
        expectedComplaints.add("the server responded with a status of 400");
        expectedComplaints.add("the server responded with a status of 404");
        open("#interval=hour&range=60d");
        assertThat(report())
                .contains("The range is too large")
                .contains("range_too_large")
                .contains("1000");
        assertThat(browser.find("#pictures").isDisplayed()).isFalse();
        choose(() -> browser.find("input[value=day] + span").click());
        assertThat(report()).isEmpty();
        assertThat(rows()).hasSize(60);
        open("#timeZone=Mars/Olympus_Mons");
        assertThat(report()).contains("invalid_request");
        assertThat(browser.find("#report li").getText())
                .startsWith("?timeZone ")
                .contains("IANA");
        open("#range=days&first=yesterday&last=2026-01-01");
        assertThat(browser.find("#report li").getText()).startsWith("?from ");
        open("#tenant=somebody-elses");
        assertThat(report()).contains("tenant_not_found").contains("404");
    }

    @Test
    void readsAllPages() {
        open("");
        JsonNode counts = browser.eventually("""
                import("/docs/usage/api.js").then(async ({ Api }) => {
                  const api = new Api("viewer@demo.example");
                  const query = "interval=day&from=2025-01-01&to=2025-02-01";
                  const whole = await api.windows("demo", query);
                  const paged = await api.windows("demo", `${query}&limit=7`);
                  return [whole.length, JSON.stringify(whole) === JSON.stringify(paged)];
                })
                """);
        assertThat(counts.toString()).isEqualTo("[31,true]");
        assertThat(browser.requests())
                .filteredOn(url -> url.contains("limit=7"))
                .hasSize(5);
    }

    @Test
    void signsInAgainWhenTheTokenIsNoMoreGood() {
        expectedComplaints.add("the server responded with a status of 401");
        open("");
        browser.run("""
                const real = window.fetch;
                window.fetch = (url, options) => {
                  if (options.headers?.Authorization) {
                    window.fetch = real;
                    return real(url, { ...options, headers: { Authorization: "Bearer gone" } });
                  }
                  return real(url, options);
                };
                """);
        choose(() -> select("range", "7d"));
        assertThat(report()).isEmpty();
        assertThat(rows()).hasSize(7);
        assertThat(browser.requests())
                .filteredOn(url -> url.contains("/metrics?"))
                .hasSize(3);
    }

    @Test
    void helpsSomebodyWithoutTenant() {
        browser.open(site + "/docs/usage");
        WebElement email = browser.find("#email");
        email.clear();
        email.sendKeys("nobody@demo.example", Keys.ENTER);
        browser.await("an answer", () -> browser.find("#status").getText().contains("belongs to no tenant"));
        assertThat(browser.find("#choice").isDisplayed()).isFalse();
    }

    /// By what reads them in the API: hundreds of requests would say no more.
    @Test
    void offersOnlyZonesThatTheApiKnows() {
        open("");
        JsonNode zones = Json.parse(
                        String.valueOf(
                                browser.value(
                                        "return JSON.stringify([...new Set([...document.querySelectorAll('#zone option')].map((o) => o.value))])")))
                .orElseThrow();
        assertThat(zones.size()).isGreaterThan(400);
        assertThat(texts(zones))
                .allSatisfy(zone -> assertThatNoException().as(zone).isThrownBy(() -> TimeZoneName.of(zone)));
    }

    @Test
    void followsTheColourScheme() {
        try {
            open("");
            Object light = browser.value("return getComputedStyle(document.body).backgroundColor");
            browser.prefer("dark");
            browser.await("a dark chart", () -> Boolean.TRUE.equals(browser.value(HAS_COLOUR)));
            assertThat(browser.value("return getComputedStyle(document.body).backgroundColor"))
                    .isNotEqualTo(light);
        } finally {
            browser.prefer("light");
        }
    }

    @Test
    void fitsANarrowScreen() {
        try {
            browser.resize(360, 740);
            open("");
            assertThat((Boolean) browser.value("return document.documentElement.scrollWidth <= innerWidth"))
                    .as("nothing to scroll sideways")
                    .isTrue();
            browser.resize(1280, 1000);
            browser.await(
                    "charts that take the room",
                    () -> (Long) browser.value("return document.querySelector('.card canvas').clientWidth") > 1000);
        } finally {
            browser.resize(1280, 1000);
        }
    }

    @Test
    void namesEachControl() {
        open("#range=days&first=2025-10-26&last=2025-10-26");
        browser.find("summary").click();
        List<WebElement> controls = browser.all("input, select, button, [role=slider], [role=region]");
        assertThat(controls).hasSizeGreaterThan(14);
        assertThat(controls)
                .allSatisfy(control -> assertThat(control.getAccessibleName())
                        .as(control.getTagName() + " " + browser.attribute(control, "id"))
                        .isNotBlank());
    }

    @Test
    void leadsToTheApiReferenceAndBack() {
        open("");
        browser.find("a[href='/docs']").click();
        browser.await("the reference", () -> !browser.all(".swagger-ui .info").isEmpty());
        browser.find("a[href='/docs/usage']").click();
        settle();
        assertThat(rows()).as("still signed in").hasSize(30);
    }

    /// Opens the page as the demo tenant's admin.
    private static void open(String hash) {
        // From elsewhere: another fragment alone would not load the page anew.
        browser.open("about:blank");
        browser.open(site + "/docs/usage" + hash);
        if (browser.value("return sessionStorage.length").equals(0L)) {
            browser.find("#person button").click();
        }
        settle();
    }

    private static void choose(Runnable choice) {
        choice.run();
        settle();
    }

    private static void select(String id, String value) {
        browser.run(
                "const it = document.getElementById(arguments[0]); it.value = arguments[1];"
                        + " it.dispatchEvent(new Event('change', {bubbles: true}));",
                id,
                value);
    }

    private static void settle() {
        browser.await(
                "charts or a report",
                () -> Boolean.TRUE.equals(
                        browser.value(
                                "return !document.querySelector('[aria-busy]')"
                                        + " && (!document.getElementById('pictures').hidden || document.getElementById('report').hasChildNodes())")));
    }

    private static String days(LocalDate first, LocalDate last, String interval, String zone) {
        return "#tenant=demo&range=days&first=" + first + "&last=" + last + "&interval=" + interval + "&timeZone="
                + zone;
    }

    private static LocalDate today() {
        return LocalDate.ofInstant(Clock.systemUTC().instant(), ZoneId.of("UTC"));
    }

    /// The rows of the table, each with its window's start, its label and its numbers.
    @SuppressWarnings("unchecked")
    private static List<List<String>> rows() {
        return (List<List<String>>) browser.value(ROWS);
    }

    private static List<String> labels() {
        return rows().stream().map(row -> row.get(1)).toList();
    }

    @SuppressWarnings("unchecked")
    private static List<String> states() {
        return (List<String>) browser.value(
                "return [...document.querySelectorAll('tbody td:last-child')].map((it) => it.textContent)");
    }

    private static String attribute(String selector, String name) {
        return browser.attribute(browser.find(selector), name);
    }

    private static String report() {
        return browser.find("#report").getText();
    }

    /// What the page asked the API last for.
    private static String metricsQuery() {
        return browser.requests().stream()
                .filter(url -> url.contains("/metrics?"))
                .reduce((earlier, later) -> later)
                .orElseThrow()
                .substring(site.toString().length());
    }

    /// The API's own answer, in the form of the table's rows. The labels are taken from there: other tests look at
    /// them.
    private static List<List<String>> answered(String path) {
        JsonNode windows = Json.parse(get(path, token()).body()).orElseThrow();
        List<String> labels = labels();
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode window : windows) {
            rows.add(Stream.concat(
                            Stream.of(window.path("windowStart").asText(), labels.get(rows.size())),
                            FIELDS.stream().map(field -> window.path(field).asText()))
                    .toList());
        }
        return rows;
    }

    private static double pointTop(int series) {
        return ((Number) browser.value(
                        "const point = document.querySelectorAll('.card:first-child .u-cursor-pt')[arguments[0]];"
                                + " return new DOMMatrix(getComputedStyle(point).transform).m42;",
                        series))
                .doubleValue();
    }

    private static long number(List<String> row, int column) {
        return Long.parseLong(row.get(column));
    }

    private static long sum(List<List<String>> rows, int column) {
        return rows.stream().mapToLong(row -> number(row, column)).sum();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static String token() {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(site.resolve("/_local/token"))
                .POST(BodyPublishers.ofString("{\"email\":\"" + ADMIN + "\"}")));
        return Json.parse(answer.body()).orElseThrow().path("access_token").asText();
    }

    private static HttpResponse<String> get(String path, String token) {
        return send(HttpRequest.newBuilder(site.resolve(path)).header("Authorization", "Bearer " + token));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
