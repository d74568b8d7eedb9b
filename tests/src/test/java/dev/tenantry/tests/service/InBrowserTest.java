package dev.tenantry.tests.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tenantry.local.LocalOptions;
import dev.tenantry.local.LocalService;
import dev.tenantry.tests.functions.CapturedOutput;
import dev.tenantry.tests.project.Project;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/// What the tests of pages in a real browser share: the browser, the services that it looks at, and two rules. No
/// request leaves for another origin than theirs, and the browser complains of nothing but what a test asks for.
abstract class InBrowserTest {

    private static final Deque<AutoCloseable> PARTS = new ArrayDeque<>();
    private static final List<URI> ORIGINS = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    static Browser browser;

    /// What the browser may complain of: the answers that a test asks for.
    final List<String> expectedComplaints = new ArrayList<>();

    @BeforeAll
    static void startBrowser() {
        assumeTrue(
                Browser.isHere(),
                "No Chromium with its chromedriver on the PATH, so nobody looks at the pages. Nothing is installed for it.");
        if (browser == null) {
            browser = Browser.start();
            // One for all classes: it takes longer to start than most tests do.
            Runtime.getRuntime().addShutdownHook(new Thread(browser::close));
        } else {
            browser.beAsNew();
        }
    }

    @AfterAll
    static void stopAll() throws Exception {
        ORIGINS.clear();
        while (!PARTS.isEmpty()) {
            PARTS.pop().close();
        }
    }

    @BeforeEach
    void forgetWhatWas() {
        browser.forget();
    }

    @AfterEach
    void staysAtHomeAndComplainsOfNothing() {
        List<String> requests = browser.requests();
        List<String> complaints = browser.complaints();
        browser.run("sessionStorage.clear()");
        browser.open("about:blank");
        assertThat(requests)
                .as("no request leaves for elsewhere")
                .isNotEmpty()
                .allSatisfy(url ->
                        assertThat(ORIGINS).anySatisfy(origin -> assertThat(url).startsWith(origin + "/")));
        assertThat(complaints)
                .filteredOn(complaint -> expectedComplaints.stream().noneMatch(complaint::contains))
                .isEmpty();
    }

    /// Starts a service with its demo data.
    ///
    /// @param variables what it is told besides, in pairs of name and value
    static URI serve(String... variables) {
        return started(variables).uri();
    }

    /// As [#serve], for who has to know more of it than where it is.
    static LocalService started(String... variables) {
        Map<String, String> environment = new HashMap<>(Map.of("PORT", "0", "SQS_PORT", "0"));
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        try (CapturedOutput functions = CapturedOutput.begin()) {
            LocalService service = LocalService.start(LocalOptions.from(environment, Project.root()));
            belongs(service, service.uri());
            return service;
        }
    }

    /// Lets pages ask an origin, and closes what serves it in the end.
    static void belongs(AutoCloseable part, URI origin) {
        PARTS.push(part);
        ORIGINS.add(origin);
    }
}
