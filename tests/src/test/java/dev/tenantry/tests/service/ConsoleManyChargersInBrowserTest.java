package dev.tenantry.tests.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// What the list of chargers costs in a tenant that has very many. A measurement, since it takes minutes to enter them:
/// `MANY_CHARGERS=50000`. Its figures are in `docs/performance.md`.
@EnabledIfEnvironmentVariable(named = "MANY_CHARGERS", matches = "\\d+")
class ConsoleManyChargersInBrowserTest extends ConsoleInBrowserTest {

    private static final int BATCH = 25;
    private static final String FIRST = "BAY-000000";

    @Test
    void pagesAsFastAsAFewDo() {
        int count = Integer.parseInt(System.getenv("MANY_CHARGERS"));
        as("max@x.example", "POST", "/tenant", "{\"name\":\"Max\",\"domainPrefix\":\"maxs\"}");
        as(
                "max@x.example",
                "POST",
                "/tenant/maxs/profile",
                "{\"displayName\":\"Depot\",\"cpmsUrl\":\"wss://cpms.example.com/ocpp\",\"securityProfile\":0}");
        as("max@x.example", "POST", "/tenant/maxs/charger", "{\"identity\":\"" + FIRST + "\"}");
        multiply(count);

        open(browser, "/t/maxs", "max@x.example");
        awaitText(browser, "Chargers online");
        look("the first page", () -> press(browser, "Chargers"), "1 to 50 of");
        for (int page = 1; page < 6; page++) {
            int row = page * 50;
            look("page " + (page + 1), () -> turn("Next", row), (row + 1) + " to " + (row + 50) + " of");
        }
        look("back", () -> turn("Previous", 200), "201 to 250 of");
        look(
                "one of them",
                () -> browser.find("#field-search").sendKeys("bay-" + "%06d".formatted(count - 7)),
                "1 to 1");
        press(browser, "Clear filters");
        awaitText(browser, "1 to 50 of");
        look(
                "a filter that none meets",
                () -> choose(browser, browser.find("#field-blocked"), "true"),
                "No charger matches");
        look(
                "how far such a filter is, told first",
                () -> choose(browser, browser.find("#field-online"), "true"),
                "looked through so far");
        press(browser, "Stop");
        awaitText(browser, "Stopped: ");
        press(browser, "Clear filters");
        awaitText(browser, "1 to 50 of");
        browser.find("thead input[type=checkbox]").click();
        look("as many selected as can be", () -> press(browser, "Select all"), "10,000 chargers selected");
    }

    /// Which rows these are is said before they are there.
    private static void turn(String button, int row) {
        press(browser, button);
        awaitText(browser, "BAY-%06d".formatted(row));
    }

    private static void look(String what, Runnable act, String text) {
        browser.forget();
        long begin = System.nanoTime();
        act.run();
        awaitText(browser, text);
        long millis = (System.nanoTime() - begin) / 1_000_000;
        List<String> calls = browser.requests().stream()
                .filter(it -> it.contains("/tenant/maxs/charger?"))
                .toList();
        Object elements = browser.value("return document.querySelectorAll('*').length");
        Object rows = browser.value("return document.querySelectorAll('main tbody tr').length");
        System.out.println("Many chargers, " + what + ": " + millis + " ms, " + calls.size() + " calls of the list, "
                + rows + " rows, " + elements + " elements");
        assertThat((Long) rows).isLessThanOrEqualTo(50);
        assertThat((Long) elements).isLessThan(3000);
    }

    /// Writes rows like those of the first charger, past the service, which would take very long.
    private static void multiply(int count) {
        try (DynamoDbClient dynamoDb = DynamoDbClient.builder()
                .endpointOverride(table)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            String name = dynamoDb.listTables().tableNames().getFirst();
            List<Map<String, AttributeValue>> rows = dynamoDb.query(it -> it.tableName(name)
                            .keyConditionExpression("PK = :tenant AND begins_with(SK, :charger)")
                            .expressionAttributeValues(Map.of(
                                    ":tenant", AttributeValue.fromS("TENANT#maxs"),
                                    ":charger", AttributeValue.fromS("CHARGER"))))
                    .items();
            Map<String, AttributeValue> charger = rows.stream()
                    .filter(it -> sortKey(it).equals("CHARGER#" + FIRST.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow();
            List<WriteRequest> writes = new ArrayList<>();
            for (int i = 1; i < count; i++) {
                String identity = "BAY-%06d".formatted(i);
                Map<String, AttributeValue> row = new HashMap<>(charger);
                row.put("SK", AttributeValue.fromS("CHARGER#" + identity.toLowerCase(Locale.ROOT)));
                row.put("identity", AttributeValue.fromS(identity));
                row.put("id", AttributeValue.fromN(Integer.toString(1_000_000 + i)));
                writes.add(WriteRequest.builder()
                        .putRequest(PutRequest.builder().item(row).build())
                        .build());
                if (writes.size() == BATCH || i == count - 1) {
                    List<WriteRequest> batch = List.copyOf(writes);
                    dynamoDb.batchWriteItem(it -> it.requestItems(Map.of(name, batch)));
                    writes.clear();
                }
            }
            Map<String, AttributeValue> counts = rows.stream()
                    .filter(it -> sortKey(it).startsWith("CHARGER_COUNTS#") && it.containsKey("total"))
                    .findFirst()
                    .orElseThrow();
            dynamoDb.updateItem(it -> it.tableName(name)
                    .key(Map.of("PK", AttributeValue.fromS("TENANT#maxs"), "SK", AttributeValue.fromS(sortKey(counts))))
                    .updateExpression("ADD #total :more")
                    .expressionAttributeNames(Map.of("#total", "total"))
                    .expressionAttributeValues(Map.of(":more", AttributeValue.fromN(Integer.toString(count - 1)))));
        }
    }

    private static String sortKey(Map<String, AttributeValue> row) {
        return Objects.requireNonNull(row.get("SK")).s();
    }
}
