package dev.tenantry.tests.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.local.aws.http.Body;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.http.Response;
import dev.tenantry.local.aws.http.WebServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;

/// Somebody who pays, changes and cancels on the pages that stand in for Stripe's, in a real browser.
class StripePagesInBrowserTest extends InBrowserTest {

    private static URI portal;
    private static URI service;
    private static String token = "";

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws IOException {
        WebServer pages = WebServer.bind(0);
        belongs(pages, pages.uri());
        pages.serve(
                request -> Response.of(
                        200,
                        "text/html; charset=utf-8",
                        Body.of(
                                "<!DOCTYPE html><html lang=\"en\"><link rel=\"icon\" href=\"data:,\"><title>Portal</title></html>")));
        portal = pages.uri();
        service = serve("PORTAL_ORIGINS", portal.toString());
    }

    @Test
    void paysChangesAndCancels() throws IOException, InterruptedException {
        token = ask("POST", "/_local/token", "{\"email\":\"new@example.com\"}")
                .path("access_token")
                .asText();
        ask("POST", "/tenant", "{\"name\":\"New\",\"domainPrefix\":\"brand-new\"}");
        int product = ask("GET", "/product", "").get(0).path("id").asInt();
        URI page = URI.create(ask(
                        "POST",
                        "/tenant/brand-new/billing/checkout",
                        "{\"productId\":" + product + ",\"quantity\":3,\"returnUrl\":\"" + portal + "/paid\"}")
                .path("url")
                .asText());
        belongs(() -> {}, URI.create("http://" + page.getAuthority()));
        browser.open(page.toString());
        assertThat(browser.find("table").getText()).contains("Charge points", "3 × 9.00 EUR");

        browser.find("button[value='pay']").click();

        browser.await("the way back", () -> browser.address().equals(portal + "/paid"));
        eventually(subscription -> subscription.path("quantity").asInt() == 3);
        browser.open(ask("GET", "/tenant/brand-new/billing?returnUrl=" + portal + "/back", "")
                .path("url")
                .asText());
        WebElement quantity = browser.find("input[name='quantity']");
        quantity.clear();
        quantity.sendKeys("8");
        browser.find("button[value='quantity']").click();
        eventually(subscription -> subscription.path("quantity").asInt() == 8);
        browser.find("button[value='cancel']").click();
        JsonNode ending =
                eventually(subscription -> !subscription.path("cancelAt").isNull());
        browser.await("the end on the page", () -> browser.find("li").getText().contains("ends on "));
        assertThat(browser.find("li").getText())
                .contains(ending.path("cancelAt").asText().substring(0, 10));
        browser.find("p > a").click();
        browser.await("the way back", () -> browser.address().equals(portal + "/back"));
    }

    private JsonNode eventually(Predicate<JsonNode> so) {
        JsonNode[] last = new JsonNode[1];
        browser.await("the subscription", () -> {
            try {
                last[0] = ask("GET", "/tenant/brand-new/subscription", "");
                return so.test(last[0]);
            } catch (IOException e) {
                throw new AssertionError(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        });
        return last[0];
    }

    private JsonNode ask(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.resolve(path))
                .method(method, BodyPublishers.ofString(body))
                .header("Content-Type", "application/json");
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return Json.parse(client.send(request.build(), BodyHandlers.ofString()).body())
                .orElseThrow();
    }
}
