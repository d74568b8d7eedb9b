package dev.tenantry.local.aws.streams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/// Records of one shard, as an invocation gets them (AWS Lambda Developer Guide, "Using AWS Lambda with Amazon
/// DynamoDB": example event).
record StreamBatch(List<JsonNode> records) {

    StreamBatch {
        records = List.copyOf(records);
    }

    String event() {
        ObjectNode event = Json.object();
        ArrayNode all = event.putArray("Records");
        records.forEach(all::add);
        return Json.text(event);
    }

    int size() {
        return records.size();
    }

    /// Those from a position on, up to another one.
    StreamBatch part(int from, int to) {
        return new StreamBatch(records.subList(from, to));
    }

    List<StreamBatch> ofAtMost(int size) {
        List<StreamBatch> parts = new ArrayList<>();
        for (int from = 0; from < records.size(); from += size) {
            parts.add(part(from, Math.min(from + size, records.size())));
        }
        return parts;
    }

    Set<String> sequenceNumbers() {
        Set<String> numbers = new LinkedHashSet<>();
        records.forEach(each -> numbers.add(sequenceNumber(each)));
        return numbers;
    }

    static String sequenceNumber(JsonNode each) {
        return each.at("/dynamodb/SequenceNumber").asText();
    }

    /// @param streamArn where it is from
    static JsonNode json(Record found, String streamArn) {
        StreamRecord change = found.dynamodb();
        ObjectNode json = Json.object()
                .put("eventID", found.eventID())
                .put("eventName", found.eventNameAsString())
                .put("eventVersion", found.eventVersion())
                .put("eventSource", "aws:dynamodb")
                .put("awsRegion", "us-east-1");
        ObjectNode dynamoDb = json.putObject("dynamodb");
        if (change.approximateCreationDateTime() != null) {
            dynamoDb.put(
                    "ApproximateCreationDateTime",
                    change.approximateCreationDateTime().getEpochSecond());
        }
        dynamoDb.set("Keys", AttributeJson.of(change.keys()));
        if (change.hasNewImage()) {
            dynamoDb.set("NewImage", AttributeJson.of(change.newImage()));
        }
        if (change.hasOldImage()) {
            dynamoDb.set("OldImage", AttributeJson.of(change.oldImage()));
        }
        dynamoDb.put("SequenceNumber", change.sequenceNumber());
        dynamoDb.put("SizeBytes", change.sizeBytes());
        dynamoDb.put("StreamViewType", change.streamViewTypeAsString());
        if (found.userIdentity() != null) {
            json.putObject("userIdentity")
                    .put("principalId", found.userIdentity().principalId())
                    .put("type", found.userIdentity().type());
        }
        return json.put("eventSourceARN", streamArn);
    }
}
