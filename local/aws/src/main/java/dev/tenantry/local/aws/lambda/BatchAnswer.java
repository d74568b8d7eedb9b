package dev.tenantry.local.aws.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.local.aws.http.Json;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// What an event source mapping makes of a function's answer to a batch.
public final class BatchAnswer {

    private BatchAnswer() {}

    /// Which items come again. An answer that is none, or names an item that was not there, fails the whole
    /// batch (AWS Lambda Developer Guide, "Success and failure conditions").
    /// @param all what the items of the batch are called
    public static Set<String> failed(String answer, Set<String> all) {
        if (answer.isBlank()) {
            return Set.of();
        }
        Optional<JsonNode> json = Json.parse(answer);
        if (json.isEmpty() || !json.get().isObject() && !json.get().isNull()) {
            return all;
        }
        JsonNode items = json.get().path("batchItemFailures");
        if (!items.isArray()) {
            return items.isMissingNode() || items.isNull() ? Set.of() : all;
        }
        Set<String> failed = new HashSet<>();
        for (JsonNode item : items) {
            failed.add(item.path("itemIdentifier").asText());
        }
        return all.containsAll(failed) ? failed : all;
    }
}
