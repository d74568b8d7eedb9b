package dev.tenantry.tests.service;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.tests.project.Programs;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.ElementNotInteractableException;
import org.openqa.selenium.JavascriptException;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.remote.RemoteWebDriver;

/// The Chromium of this machine, without a window. Nothing is installed for it: where there is none, there is none.
final class Browser implements AutoCloseable {

    private static final List<String> BROWSERS =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    private static final Duration TIME_LIMIT = Duration.ofSeconds(60);
    private static final long POLL_MILLIS = 25;

    /// Chromium's own words for what WebDriver calls stale.
    private static final List<String> GONE =
            List.of("does not belong to the document", "No node with given id", "aborted by navigation");

    private final ChromeDriverService service;
    private final RemoteWebDriver driver;
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> requests = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    private Browser(ChromeDriverService service, RemoteWebDriver driver) {
        this.service = service;
        this.driver = driver;
    }

    /// Whether this machine has a browser and its driver.
    static boolean isHere() {
        return program(BROWSERS).isPresent() && program(List.of("chromedriver")).isPresent();
    }

    static Browser start() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(program(BROWSERS).orElseThrow());
        options.addArguments(
                "--headless=new",
                "--window-size=1280,1000",
                "--lang=en-GB",
                // In a container there is often nothing to make a sandbox of. It only ever sees our own pages.
                "--no-sandbox",
                "--disable-dev-shm-usage",
                // There is nothing to draw on, and a page that was left need not live on: a quarter of the work.
                "--disable-gpu",
                // What is still fading in has no text yet, for WebDriver.
                "--force-prefers-reduced-motion",
                "--disable-renderer-backgrounding",
                "--disable-features=BackForwardCache,PaintHolding",
                // Even if a page tried, no other host would be found.
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(program(List.of("chromedriver")).orElseThrow())
                .usingAnyFreePort()
                .withSilent(true)
                .build();
        try {
            service.start();
            // Not ChromeDriver, which needs Selenium Manager, and that is what would download something.
            return new Browser(service, new RemoteWebDriver(service.getUrl(), options));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            service.stop();
            throw e;
        }
    }

    /// Forgets whatever tests have left: windows, who is signed in, and what it was told to be like.
    void beAsNew() {
        String first = driver.getWindowHandles().iterator().next();
        for (String window : driver.getWindowHandles()) {
            if (!window.equals(first)) {
                driver.switchTo().window(window).close();
            }
        }
        driver.switchTo().window(first);
        driver.get("about:blank");
        connect(true);
        block();
        command("Network.clearBrowserCookies", Map.of());
        command("Emulation.clearDeviceMetricsOverride", Map.of());
        emulate("EmulatedMedia", Map.of("features", List.of()));
        beIn("");
        forget();
    }

    void open(String url) {
        driver.get(url);
    }

    void reload() {
        driver.navigate().refresh();
    }

    /// Opens another tab, or comes to a window that a page has opened, and goes on there.
    ///
    /// @return the window that was left
    String elsewhere(boolean isOpenedHere) {
        String here = driver.getWindowHandle();
        if (isOpenedHere) {
            driver.switchTo().newWindow(WindowType.TAB);
        } else {
            await("a window of its own", () -> windows() > 1);
            driver.switchTo()
                    .window(driver.getWindowHandles().stream()
                            .filter(it -> !it.equals(here))
                            .findFirst()
                            .orElseThrow());
        }
        return here;
    }

    /// Goes on in a window that was left.
    void backTo(String window) {
        driver.switchTo().window(window);
    }

    void closeWindow() {
        driver.close();
    }

    int windows() {
        return driver.getWindowHandles().size();
    }

    String address() {
        return Objects.requireNonNull(driver.getCurrentUrl());
    }

    String title() {
        return Objects.requireNonNull(driver.getTitle());
    }

    /// The element that is there, or will be: a page draws what it has when it has it.
    WebElement find(String selector) {
        WebElement[] found = new WebElement[1];
        await(selector, () -> {
            found[0] = driver.findElement(By.cssSelector(selector));
            return true;
        });
        return found[0];
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /// Runs a script for what it does.
    void run(String script, Object... arguments) {
        driver.executeScript(script, arguments);
    }

    /// What a script returns.
    Object value(String script, Object... arguments) {
        return Objects.requireNonNull(driver.executeScript(script, arguments), script);
    }

    /// An element's attribute or property.
    String attribute(WebElement element, String name) {
        return Objects.requireNonNull(element.getAttribute(name), name);
    }

    /// What a promise that a script's last expression makes comes to, as JSON.
    JsonNode eventually(String promise) {
        Object text = driver.executeAsyncScript(
                "const done = arguments[0]; (" + promise + ").then((value) => done(JSON.stringify(value)),"
                        + " (failure) => done(JSON.stringify({failure: String(failure)})));");
        return Json.parse(String.valueOf(text)).orElseThrow();
    }

    /// Waits until something is so.
    void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TIME_LIMIT.toNanos();
        while (!isSo(condition)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Waited in vain: " + what + ". The page says: "
                        + value("return document.body?.innerText ?? ''") + " The browser says: " + complaints());
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    /// A page that is being left has nothing that could be so.
    private static boolean isSo(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (StaleElementReferenceException
                | NoSuchElementException
                | ElementNotInteractableException
                | JavascriptException e) {
            return false;
        } catch (WebDriverException e) {
            String said = String.valueOf(e.getMessage());
            if (GONE.stream().noneMatch(said::contains)) {
                throw e;
            }
            return false;
        }
    }

    void prefer(String colourScheme) {
        emulate(
                "EmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colourScheme))));
    }

    void beIn(String timeZone) {
        emulate("TimezoneOverride", Map.of("timezoneId", timeZone));
    }

    void resize(int width, int height) {
        emulate(
                "DeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /// Presses keys where the focus is.
    void press(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    /// Presses at a place, whatever is there.
    void pressAt(int x, int y) {
        new Actions(driver).moveToLocation(x, y).click().perform();
    }

    /// The element that has the focus.
    WebElement focused() {
        return driver.switchTo().activeElement();
    }

    /// Takes the connection away, or gives it back.
    void connect(boolean connected) {
        command("Network.enable", Map.of());
        command(
                "Network.emulateNetworkConditions",
                Map.of("offline", !connected, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    /// Takes away what is at addresses of such a pattern alone; without one, gives it back.
    void block(String... patterns) {
        command("Network.enable", Map.of());
        command("Network.setBlockedURLs", Map.of("urls", List.of(patterns)));
    }

    /// Has each page that is opened from now on run a script before its own.
    void runBeforePages(String script) {
        command("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
    }

    /// Forgets the files that it was given before.
    void forgetCache() {
        command("Network.clearBrowserCache", Map.of());
    }

    /// Keeps what is to be seen, for people to look at.
    void picture(Path file) {
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void emulate(String what, Map<String, ?> parameters) {
        command("Emulation.set" + what, parameters);
    }

    /// Chromium's own protocol, for what WebDriver has no word for.
    private void command(String name, Map<String, ?> parameters) {
        URI uri = URI.create(service.getUrl() + "/session/" + driver.getSessionId() + "/goog/cdp/execute");
        String command = Json.text(Map.of("cmd", name, "params", parameters));
        try {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(uri)
                            .POST(BodyPublishers.ofString(command))
                            .build(),
                    BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError(answer.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// The URLs that pages asked for since [#forget]; without those that carry what they stand for.
    List<String> requests() {
        for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
            JsonNode message = Json.parse(entry.getMessage()).orElseThrow().path("message");
            String url = message.at("/params/request/url").asText();
            if (message.path("method").asText().equals("Network.requestWillBeSent") && !url.startsWith("data:")) {
                requests.add(url);
            }
        }
        return List.copyOf(requests);
    }

    /// What the console has shown since [#forget].
    List<String> complaints() {
        for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
            complaints.add(entry.getMessage());
        }
        return List.copyOf(complaints);
    }

    /// Begins its records anew.
    void forget() {
        requests();
        requests.clear();
        complaints();
        complaints.clear();
    }

    @Override
    public void close() {
        client.close();
        try {
            driver.quit();
        } finally {
            service.stop();
        }
    }

    private static Optional<File> program(List<String> names) {
        return Programs.find(names).map(Path::toFile);
    }
}
