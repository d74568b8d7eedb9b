package dev.tenantry.tests.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.metrics.TimeZoneName;
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

/// The console's screen of usage, over the demo data.
class ConsoleUsageInBrowserTest extends ConsoleInBrowserTest {

    private static final List<String> FIELDS = List.of(
            "messagesIn",
            "messagesOut",
            "bytesIn",
            "bytesOut",
            "connects",
            "disconnects",
            "errors",
            "chargersOnlineMax");

    /// Of each row of the table: when its window starts, how that is written, and the numbers.
    private static final String ROWS = """
            return [...document.querySelectorAll(".numbers tbody tr")].map((row) => [
              row.querySelector("time").dateTime,
              row.querySelector("th").textContent,
              ...[...row.querySelectorAll("data")].map((cell) => cell.value),
            ]);
            """;

    /// What is drawn of a chart, in pixels.
    private static final double PLOT_HEIGHT = 156;

    private static final double PLOT_TOP = 8;

    @BeforeAll
    static void liveInBerlin() {
        browser.beIn("Europe/Berlin");
    }

    @Test
    void drawsTheLastThirtyDaysByDayInTheReadersZone() {
        open("");
        String query = metricsQuery();
        assertThat(query).contains("interval=day").contains("timeZone=Europe%2FBerlin");
        assertThat(rows()).hasSize(30).isEqualTo(answered(query));
        assertThat(browser.title()).isEqualTo("Usage – Tenantry");
        assertThat(browser.all(".chart .plot svg")).hasSize(5);
        String colour = stroke();
        browser.prefer("dark");
        assertThat(stroke()).as("drawn anew by the style sheet alone").isNotEqualTo(colour);
    }

    @Test
    void drawsEachValueAtItsHeightAndTellsItToTheKeyboard() {
        open(days(today().minusDays(20), today().minusDays(11), "day", "Asia/Kathmandu"));
        List<List<String>> windows = rows();
        assertThat(windows)
                .hasSize(10)
                .isEqualTo(answered(metricsQuery()))
                .allSatisfy(window -> assertThat(window.get(2)).isNotEqualTo("0"));
        assertThat(browser.find(".legend .value").getText().replace(",", ""))
                .isEqualTo(Long.toString(sum(windows, 2)))
                .isEqualTo(browser.attribute(browser.find(".numbers tfoot data"), "value"));
        WebElement chart = browser.find(".plot");
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
                assertThat(PLOT_TOP + PLOT_HEIGHT - pointHeight(series))
                        .as("height of %s", window)
                        .isCloseTo(PLOT_HEIGHT / 1.08 * number(window, 2 + series) / most, within(0.5));
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
    void followsIntervalRangeAndZoneAndKeepsThemInTheAddress() {
        open(days(today().minusDays(40), today().minusDays(10), "week", "Europe/Berlin"));
        assertThat(rows())
                .hasSizeBetween(5, 6)
                .isEqualTo(answered(metricsQuery()))
                .allSatisfy(week -> assertThat(Instant.parse(week.getFirst())
                                .atZone(ZoneId.of("Europe/Berlin"))
                                .toLocalDateTime())
                        .matches(start -> start.getDayOfWeek() == DayOfWeek.MONDAY
                                && start.toLocalTime().equals(LocalTime.MIDNIGHT)));
        choose(() -> browser.run("document.querySelector('input[value=month]').click()"));
        assertThat(rows()).hasSizeBetween(1, 3).isEqualTo(answered(metricsQuery()));
        choose(() -> choose(browser, browser.find("#field-range"), "2d"));
        choose(() -> browser.run("document.querySelector('input[value=hour]').click()"));
        choose(() -> choose(browser, browser.find("#field-zone"), "Asia/Kabul"));
        assertThat(rows()).isEqualTo(answered(metricsQuery()));
        assertThat(rows().getFirst().get(0)).endsWith("T19:30:00.000Z");
        assertThat(rows().getFirst().get(1)).endsWith("UTC+04:30");
        assertThat(browser.address()).isEqualTo(console("/t/demo/usage?interval=hour&range=2d&timeZone=Asia/Kabul"));
        choose(() -> choose(browser, browser.find("#field-range"), "days"));
        assertThat(browser.attribute(browser.find("#field-last"), "value"))
                .isEqualTo(LocalDate.ofInstant(Clock.systemUTC().instant(), ZoneId.of("Asia/Kabul"))
                        .toString());
    }

    @Test
    void saysAtTheFieldThatDaysAreInTheWrongOrderAndAsksForNothing() {
        open(days(today().minusDays(3), today().minusDays(1), "day", "UTC"));
        browser.forget();
        day("first", today().toString());
        awaitText(browser, "Choose a day that is not before the first.");
        assertThat(browser.attribute(browser.find("#field-last"), "ariaInvalid"))
                .isEqualTo("true");
        day("last", "1999-01-01");
        browser.find("#field-zone").click();
        awaitText(browser, "Choose a day from 2000 to 2099.");
        assertThat(browser.attribute(browser.find("#field-last"), "value")).isEqualTo("1999-01-01");
        assertThat(browser.requests()).noneMatch(it -> it.contains("/metrics"));
        choose(() -> day("last", today().toString()));
        assertThat(rows()).hasSize(1);
    }

    /// Types a day, and leaves the field.
    private static void day(String name, String day) {
        browser.run(
                "arguments[0].value = arguments[1]; for (const name of ['input', 'change', 'blur'])"
                        + " arguments[0].dispatchEvent(new Event(name, { bubbles: true }))",
                browser.find("#field-" + name),
                day);
    }

    @Test
    void namesHoursThatComeTwiceAndDaysOfUnusualLength() {
        open("?interval=hour&range=days&first=2025-10-26&last=2025-10-26&timeZone=Europe/Berlin");
        assertThat(labels())
                .hasSize(25)
                .doesNotHaveDuplicates()
                .filteredOn(label -> label.contains(", 02:00") && label.contains("AM"))
                .satisfiesExactly(
                        label -> assertThat(label).endsWith(" UTC+02:00"),
                        label -> assertThat(label).endsWith(" UTC+01:00"));
        browser.open(console(
                "/t/demo/usage?interval=day&range=days&first=2025-10-26&last=2025-10-27&timeZone=Europe/Berlin"));
        settle();
        assertThat(labels()).first().asString().endsWith(" (25 h)");
        browser.open(
                console(
                        "/t/demo/usage?interval=hour&range=days&first=2025-04-06&last=2025-04-06&timeZone=Australia/Lord_Howe"));
        settle();
        assertThat(labels()).anySatisfy(label -> assertThat(label).endsWith(" UTC+11:00 (90 min)"));
    }

    @Test
    void namesTicksInLocalTime() {
        open("");
        JsonNode ticks = browser.eventually("""
                Promise.all(["zone", "windows", "ticks"].map((name) => import(`/console/app/screens/usage/${name}.js`)))
                  .then(([{ Zone }, { windowsOf }, { ticks }]) => {
                    const hour = 3_600_000;
                    const start = Date.parse("2025-10-25T22:00Z");
                    const answered = Array.from({ length: 25 }, (_, at) => ({
                      windowStart: new Date(start + at * hour).toISOString(),
                      windowEnd: new Date(start + (at + 1) * hour).toISOString(),
                    }));
                    const windows = windowsOf(answered, "hour", new Zone("Europe/Berlin"), start);
                    return [25, 9, 1].map((room) => ticks(windows, "hour", room).map(({ index }) => index));
                  })
                """);
        assertThat(ticks.get(0)).hasSize(25);
        assertThat(ticks.get(1).toString()).isEqualTo("[0,4,7,10,13,16,19,22]");
        assertThat(ticks.get(2).toString()).isEqualTo("[0]");
    }

    @Test
    void marksWhatMayStillChangeAndWhatIsNotOver() {
        open("?range=60d&timeZone=UTC");
        rows();
        assertThat(states()).startsWith("final").endsWith("open", "running");
        LocalDate tomorrow = today().plusDays(1);
        browser.open(console("/t/demo/usage" + days(tomorrow.minusDays(1), tomorrow, "day", "UTC")));
        settle();
        rows();
        assertThat(states()).contains("ahead");
    }

    /// In pages of twenty windows, as a longer range would be.
    @Test
    void savesWhatItShowsAsASpreadsheet() {
        open(days(today().minusDays(12), today().minusDays(10), "hour", "Europe/Berlin"));
        String query = metricsQuery();
        int windows = rows().size();
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
        press(browser, "Download CSV");
        awaitText(browser, "Saved usage-demo-by-hour-from-");
        browser.await(
                "a file",
                () -> browser.value("return window.saved !== undefined").equals(true));
        String saved = Json.parse(String.valueOf(browser.value("return JSON.stringify(window.saved)")))
                .orElseThrow()
                .asText();
        assertThat(saved.lines()).hasSize(1 + windows);
        assertThat(saved).startsWith("windowStart,");
        assertThat(browser.requests().stream().filter(url -> url.contains("limit=20")))
                .as("pages of " + query)
                .hasSizeGreaterThan(2);
    }

    @Test
    void saysWhatTheApiHasAgainstIt() {
        expectedComplaints.add("the server responded with a status of 400");
        open("?interval=hour&range=60d");
        awaitText(browser, "That is too much at once.");
        assertThat(browser.all(".charts")).isEmpty();
        choose(() -> browser.run("document.querySelector('input[value=day]').click()"));
        assertThat(rows()).hasSize(60);
        browser.open(console("/t/demo/usage?timeZone=Mars/Olympus_Mons"));
        awaitText(browser, "?timeZone");
        awaitText(browser, "Request id:");
        assertThat(browser.attribute(browser.find("#field-zone"), "value")).isEqualTo("Mars/Olympus_Mons");
    }

    /// By what reads them in the API: hundreds of requests would say no more.
    @Test
    void offersOnlyZonesThatTheApiKnows() {
        open("");
        JsonNode zones = Json.parse(
                        String.valueOf(
                                browser.value(
                                        "return JSON.stringify([...new Set([...document.querySelectorAll('#field-zone option')].map((o) => o.value))])")))
                .orElseThrow();
        assertThat(zones.size()).isGreaterThan(400);
        assertThat(zones.valueStream().map(JsonNode::asText))
                .allSatisfy(zone -> assertThatNoException().as(zone).isThrownBy(() -> TimeZoneName.of(zone)));
    }

    private static void open(String query) {
        open(browser, "/t/demo/usage" + query, ADMIN);
        settle();
    }

    /// Does what makes the screen ask again, and awaits the answer.
    private static void choose(Runnable choice) {
        int before = asked().size();
        choice.run();
        browser.await("another question", () -> asked().size() > before);
        settle();
    }

    private static void settle() {
        browser.await(
                "charts or an error",
                () -> !browser.all(".usage-pictures[aria-busy=false], main [role=alert]")
                        .isEmpty());
    }

    private static String days(LocalDate first, LocalDate last, String interval, String zone) {
        return "?range=days&first=" + first + "&last=" + last + "&interval=" + interval + "&timeZone=" + zone;
    }

    private static LocalDate today() {
        return LocalDate.ofInstant(Clock.systemUTC().instant(), ZoneId.of("UTC"));
    }

    /// The rows of the table, each with its window's start, its label and its numbers.
    @SuppressWarnings("unchecked")
    private static List<List<String>> rows() {
        browser.run("document.querySelector('.numbers').open = true");
        browser.await("the table", () -> !browser.all(".numbers tbody tr").isEmpty());
        return (List<List<String>>) browser.value(ROWS);
    }

    private static List<String> labels() {
        return rows().stream().map(row -> row.get(1)).toList();
    }

    @SuppressWarnings("unchecked")
    private static List<String> states() {
        return (List<String>)
                browser.value("return [...document.querySelectorAll('[data-state]')].map((it) => it.dataset.state)");
    }

    private static String stroke() {
        return String.valueOf(browser.value("return getComputedStyle(document.querySelector('.curve-in')).stroke"));
    }

    private static List<String> asked() {
        return browser.requests().stream()
                .filter(url -> url.contains("/metrics?"))
                .toList();
    }

    /// What the screen asked the API last for.
    private static String metricsQuery() {
        return asked().getLast().substring(service.toString().length());
    }

    /// The API's own answer, in the form of the table's rows. The labels are taken from there: other tests look at
    /// them.
    private static List<List<String>> answered(String path) {
        List<String> labels = labels();
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode window : as(ADMIN, "GET", path, "")) {
            rows.add(Stream.concat(
                            Stream.of(window.path("windowStart").asText(), labels.get(rows.size())),
                            FIELDS.stream().map(field -> window.path(field).asText()))
                    .toList());
        }
        return rows;
    }

    private static double pointHeight(int series) {
        return ((Number) browser.value(
                        "return Number(document.querySelectorAll('.chart:first-child .point')[arguments[0]].getAttribute('cy'))",
                        series))
                .doubleValue();
    }

    private static long number(List<String> row, int column) {
        return Long.parseLong(row.get(column));
    }

    private static long sum(List<List<String>> rows, int column) {
        return rows.stream().mapToLong(row -> number(row, column)).sum();
    }
}
