package dev.tenantry.tests.service;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// How soon the console can be worked with. A measurement, since machines are noisy: `CONSOLE_TIMES=9` for nine
/// rounds. Its figures are in `docs/performance.md`.
@EnabledIfEnvironmentVariable(named = "CONSOLE_TIMES", matches = "[1-9]\\d*")
class ConsoleTimesInBrowserTest extends ConsoleInBrowserTest {

    /// Notes when the heading of a screen, and a text of it, are first to be seen. By the page itself: a test that
    /// looks now and then would be late.
    private static final String WATCH = """
            let wanted = location.protocol === "http:" ? sessionStorage.getItem("wanted") : "";
            let heading = null;
            window.seen = {};
            window.want = (text) => {
              wanted = text;
              heading = document.querySelector("main h1");
              window.seen = {};
            };
            new MutationObserver(() => {
              const there = document.querySelector("main h1");
              if (there && there !== heading) seen.heading ??= Date.now();
              if (wanted && document.querySelector("main")?.innerText.includes(wanted)) seen.text ??= Date.now();
            }).observe(document, { subtree: true, childList: true, characterData: true });
            """;

    private static final String ON_OVERVIEW = "refused lately";
    private static final String AMONG_PEOPLE = "newcomer@demo.example";

    @Test
    void isSoonThere() {
        int rounds = Integer.parseInt(System.getenv("CONSOLE_TIMES"));
        browser.runBeforePages(WATCH);
        open(browser, "/t/demo", ADMIN);
        awaitText(browser, ON_OVERVIEW);
        Map<String, List<Times>> found = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            browser.forgetCache();
            note(found, "the overview, no file kept", ON_OVERVIEW, () -> browser.open(console("/t/demo")));
            note(found, "the overview, files kept", ON_OVERVIEW, () -> browser.open(console("/t/demo")));
            note(found, "from there to people", AMONG_PEOPLE, () -> press(browser, "People"));
            note(found, "and back", ON_OVERVIEW, () -> press(browser, "Overview"));
        }
        found.forEach((what, times) -> System.out.println("The console, " + what + ": heading after "
                + median(times, Times::heading) + ", all after " + median(times, Times::all)));
    }

    /// Milliseconds until the heading is there, and until all is.
    private record Times(long heading, long all) {}

    private static void note(Map<String, List<Times>> found, String what, String text, Runnable act) {
        browser.run("sessionStorage.setItem('wanted', arguments[0]); want(arguments[0])", text);
        long begin = System.currentTimeMillis();
        act.run();
        browser.await(
                text,
                () -> browser.value("return window.seen?.text > 0 && seen.heading > 0")
                        .equals(true));
        found.computeIfAbsent(what, _ -> new ArrayList<>())
                .add(new Times(
                        (Long) browser.value("return seen.heading") - begin,
                        (Long) browser.value("return seen.text") - begin));
    }

    private static String median(List<Times> times, ToLongFunction<Times> which) {
        List<Long> sorted = times.stream().map(which::applyAsLong).sorted().toList();
        return sorted.get(sorted.size() / 2) + " ms (" + sorted.getFirst() + " to " + sorted.getLast() + ")";
    }
}
