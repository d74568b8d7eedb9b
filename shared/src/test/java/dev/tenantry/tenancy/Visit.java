package dev.tenantry.tenancy;

import dev.tenantry.testing.Core;
import dev.tenantry.testing.People;
import dev.tenantry.testing.TestClock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;

/// A program that shows a tenant once: what it loads is what a cold start loads. Its argument says which entries with
/// scope `api` the tenant has: `none`, `expired` or `counting`.
final class Visit {

    private Visit() {}

    public static void main(String[] arguments) {
        Caller ada = People.named("ada");
        List<Map<String, AttributeValue>> rows = List.of(tenant(arguments[0]), member(ada));
        Core core = Core.over(new OneTenant(rows), OneTenant.TABLE, new TestClock());

        core.showTenant().run(core.door(ada, "acme", Role.VIEWER));
    }

    private static Map<String, AttributeValue> tenant(String entries) {
        Map<String, AttributeValue> row = row(
                "TENANT",
                "name",
                "Acme",
                "domainPrefix",
                "acme",
                "createdAt",
                "2026-01-01T00:00:00Z",
                "updatedAt",
                "2026-01-01T00:00:00Z");
        row.put("id", AttributeValue.fromN("1"));
        row.put("version", AttributeValue.fromN("1"));
        switch (entries) {
            case "expired" -> row.put("apiAllowlist", allowlist(AttributeValue.fromS("2026-01-01T00:00:00Z")));
            case "counting" -> row.put("apiAllowlist", allowlist(AttributeValue.fromNul(true)));
            default -> {}
        }
        return row;
    }

    private static AttributeValue allowlist(AttributeValue expiresAt) {
        return AttributeValue.fromM(Map.of("203.0.113.10", expiresAt));
    }

    private static Map<String, AttributeValue> member(Caller caller) {
        return row(
                "MEMBER#" + caller.id(),
                "userId",
                caller.id().value(),
                "username",
                "ada@example.com",
                "givenName",
                "Ada",
                "familyName",
                "Example",
                "role",
                "viewer",
                "joinedAt",
                "2026-01-01T00:00:00Z");
    }

    private static Map<String, AttributeValue> row(String sortKey, String... namesAndTexts) {
        Map<String, AttributeValue> row = new LinkedHashMap<>();
        row.put("PK", AttributeValue.fromS("TENANT#acme"));
        row.put("SK", AttributeValue.fromS(sortKey));
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            row.put(namesAndTexts[i], AttributeValue.fromS(namesAndTexts[i + 1]));
        }
        return row;
    }

    /// Answers every batch read with the same rows.
    private record OneTenant(List<Map<String, AttributeValue>> rows) implements DynamoDbClient {

        static final String TABLE = "Tenantry";

        @Override
        public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
            return BatchGetItemResponse.builder()
                    .responses(Map.of(TABLE, new ArrayList<>(rows)))
                    .build();
        }

        @Override
        public String serviceName() {
            return "dynamodb";
        }

        @Override
        public void close() {}
    }
}
