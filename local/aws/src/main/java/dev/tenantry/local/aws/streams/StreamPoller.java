package dev.tenantry.local.aws.streams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.lambda.BatchAnswer;
import dev.tenantry.local.aws.lambda.DeployedFunction;
import dev.tenantry.local.aws.lambda.Invocation;
import dev.tenantry.local.aws.template.StreamSource;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamResponse;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/// What a Lambda event source mapping does with a table's stream: follows its shards, filters records, invokes the
/// function with batches, and brings back what failed (AWS Lambda Developer Guide, "Using AWS Lambda with Amazon
/// DynamoDB" and "Configuring partial batch response with DynamoDB and Lambda").
///
/// It begins with the oldest record that there is, each time that it starts: where it had come to is not kept.
public final class StreamPoller implements AutoCloseable {

    /// As often as Lambda looks.
    private static final Duration POLL = Duration.ofMillis(250);

    /// Whoever starts a service waits for it to be ready, and not for what it tells of the time before.
    private static final Duration FIRST_POLL = Duration.ofSeconds(1);

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(500);

    /// DynamoDB begins a new shard every few hours, DynamoDB Local too.
    private static final int POLLS_TO_LOOK_FOR_SHARDS = 40;

    private final URI dynamoDb;
    private final StreamSource source;
    private final Function<String, Invocation> function;
    private final Consumer<String> failures;
    private final List<EventPattern> filters;
    private final Thread thread;
    private volatile boolean isOver;

    /// Where a shard is read on.
    private static final class Position {
        @Nullable
        String iterator;

        @Nullable
        String lastSequenceNumber;
    }

    private StreamPoller(
            URI dynamoDb, StreamSource source, Function<String, Invocation> function, Consumer<String> failures) {
        this.dynamoDb = dynamoDb;
        this.source = source;
        this.function = function;
        this.failures = failures;
        this.filters = source.filters().stream().map(EventPattern::of).toList();
        this.thread =
                Thread.ofPlatform().name("follow " + source.table()).daemon().unstarted(this::follow);
    }

    /// Follows the stream until it is closed.
    ///
    /// @param dynamoDb where DynamoDB Local answers
    /// @param failures takes the message that tells of records that are given up
    public static StreamPoller start(
            URI dynamoDb, StreamSource source, DeployedFunction function, Consumer<String> failures) {
        return start(dynamoDb, source, function::invoke, failures);
    }

    static StreamPoller start(
            URI dynamoDb, StreamSource source, Function<String, Invocation> function, Consumer<String> failures) {
        StreamPoller poller = new StreamPoller(dynamoDb, source, function, failures);
        poller.thread.start();
        return poller;
    }

    private void follow() {
        pause(FIRST_POLL);
        try (DynamoDbStreamsClient streams = DynamoDbStreamsClient.builder()
                .endpointOverride(dynamoDb)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClient(UrlConnectionHttpClient.create())
                .build()) {
            Map<String, Position> open = new LinkedHashMap<>();
            Set<String> read = new HashSet<>();
            String arn = "";
            for (int polls = 0; !isOver; polls++) {
                try {
                    if (arn.isEmpty()) {
                        arn = streams.listStreams(list -> list.tableName(source.table())).streams().stream()
                                .map(stream -> stream.streamArn())
                                .reduce("", (_, last) -> last);
                    }
                    if (!arn.isEmpty() && (open.isEmpty() || polls % POLLS_TO_LOOK_FOR_SHARDS == 0)) {
                        lookForShards(streams, arn, open, read);
                    }
                    for (Map.Entry<String, Position> shard : List.copyOf(open.entrySet())) {
                        if (!readOn(streams, arn, shard.getKey(), shard.getValue())) {
                            open.remove(shard.getKey());
                            read.add(shard.getKey());
                        }
                    }
                } catch (RuntimeException failure) {
                    // Of the database or of what is here: others are still to be told.
                    if (!isOver) {
                        System.err.println("Following " + source.table() + " failed: " + failure);
                    }
                }
                pause(POLL);
            }
        }
    }

    /// A shard is read after the one that it came from.
    private static void lookForShards(
            DynamoDbStreamsClient streams, String arn, Map<String, Position> open, Set<String> read) {
        List<Shard> shards = new ArrayList<>();
        @Nullable String after = null;
        do {
            String from = after;
            DescribeStreamResponse found =
                    streams.describeStream(stream -> stream.streamArn(arn).exclusiveStartShardId(from));
            shards.addAll(found.streamDescription().shards());
            after = found.streamDescription().lastEvaluatedShardId();
        } while (after != null);
        Set<String> listed = new HashSet<>();
        shards.forEach(shard -> listed.add(shard.shardId()));
        for (Shard shard : shards) {
            boolean isItsTurn = shard.parentShardId() == null
                    || read.contains(shard.parentShardId())
                    || !listed.contains(shard.parentShardId());
            if (isItsTurn && !read.contains(shard.shardId())) {
                open.computeIfAbsent(shard.shardId(), _ -> new Position());
            }
        }
    }

    /// @return whether there is more to come
    private boolean readOn(DynamoDbStreamsClient streams, String arn, String shard, Position position) {
        if (position.iterator == null) {
            position.iterator = streams.getShardIterator(iterator -> iterator.streamArn(arn)
                            .shardId(shard)
                            .shardIteratorType(
                                    position.lastSequenceNumber == null
                                            ? ShardIteratorType.TRIM_HORIZON
                                            : ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                            .sequenceNumber(position.lastSequenceNumber))
                    .shardIterator();
        }
        GetRecordsResponse found;
        try {
            String iterator = position.iterator;
            found = streams.getRecords(get -> get.shardIterator(iterator));
        } catch (ExpiredIteratorException tooLate) {
            position.iterator = null;
            return true;
        }
        List<JsonNode> wanted = new ArrayList<>();
        for (Record each : found.records()) {
            JsonNode json = StreamBatch.json(each, arn);
            if (filters.isEmpty() || filters.stream().anyMatch(filter -> filter.matches(json))) {
                wanted.add(json);
            }
        }
        for (StreamBatch batch : new StreamBatch(wanted).ofAtMost(source.batchSize())) {
            deliver(batch, 0, arn, shard);
        }
        if (!found.records().isEmpty()) {
            position.lastSequenceNumber = found.records().getLast().dynamodb().sequenceNumber();
        }
        position.iterator = found.nextShardIterator();
        return position.iterator != null;
    }

    /// @param failed how often the batch that it is a part of had failed when that was divided
    private void deliver(StreamBatch batch, int failed, String arn, String shard) {
        StreamBatch left = batch;
        for (int failures = failed; !isOver; failures++) {
            Invocation ended = function.apply(left.event());
            if (!(ended instanceof Invocation.Returned) && source.bisect() && left.size() > 1) {
                int half = left.size() / 2;
                deliver(left.part(0, half), failures, arn, shard);
                deliver(left.part(half, left.size()), failures, arn, shard);
                return;
            }
            left = switch (ended) {
                case Invocation.Returned(String answer) when source.partialFailures() -> from(left, answer);
                case Invocation.Returned _ -> left.part(0, 0);
                case Invocation.Failed _, Invocation.Refused _ -> left;
            };
            if (left.size() == 0) {
                return;
            }
            if (source.retries() >= 0 && failures >= source.retries()) {
                this.failures.accept(message(left, failures + 1, arn, shard));
                return;
            }
            pause(PAUSE_AFTER_FAILURE);
        }
    }

    /// What is left from the first record on that failed: those behind it come again as well.
    private static StreamBatch from(StreamBatch batch, String answer) {
        Set<String> failed = BatchAnswer.failed(answer, batch.sequenceNumbers());
        for (int i = 0; i < batch.size(); i++) {
            if (failed.contains(StreamBatch.sequenceNumber(batch.records().get(i)))) {
                return batch.part(i, batch.size());
            }
        }
        return batch.part(0, 0);
    }

    /// AWS Lambda Developer Guide, "Retain discarded records for a DynamoDB event source in Lambda": where the
    /// records are, and not what they say.
    private String message(StreamBatch batch, int invocations, String arn, String shard) {
        ObjectNode message = Json.object();
        message.putObject("requestContext")
                .put("functionArn", "arn:aws:lambda:us-east-1:000000000000:function:" + source.functionId())
                .put("condition", "RetryAttemptsExhausted")
                .put("approximateInvokeCount", invocations);
        message.put("version", "1.0").put("timestamp", Instant.now().toString());
        message.putObject("DDBStreamBatchInfo")
                .put("shardId", shard)
                .put(
                        "startSequenceNumber",
                        StreamBatch.sequenceNumber(batch.records().getFirst()))
                .put(
                        "endSequenceNumber",
                        StreamBatch.sequenceNumber(batch.records().getLast()))
                .put("batchSize", batch.size())
                .put("streamArn", arn);
        return Json.text(message);
    }

    private void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException closing) {
            isOver = true;
        }
    }

    @Override
    public void close() {
        isOver = true;
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
