package dev.tenantry.local.aws.sqs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.lambda.BatchAnswer;
import dev.tenantry.local.aws.lambda.DeployedFunction;
import dev.tenantry.local.aws.lambda.Invocation;
import dev.tenantry.local.aws.template.QueueSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/// What a Lambda event source mapping does with a queue: gathers messages, invokes the function, deletes what it
/// handled (AWS Lambda Developer Guide, "Using Lambda with Amazon SQS").
///
/// In two things it is quicker than AWS. A message that failed comes back after two seconds instead of the queue's
/// visibility timeout, so that nobody waits for half an hour to see one in the dead-letter queue. And a batching window
/// is two seconds at most: it is there to make large batches of many messages, which do not come to this machine.
public final class QueuePoller implements AutoCloseable {

    /// Most messages of one call (Amazon SQS API Reference, "ReceiveMessage").
    private static final int CALL_SIZE = 10;

    private static final Duration LONG_POLL = Duration.ofSeconds(1);
    private static final int RETRY_SECONDS = 2;
    private static final Duration LONGEST_WINDOW = Duration.ofSeconds(2);

    private final Sqs sqs;
    private final QueueSource source;
    private final DeployedFunction function;
    private final Thread thread;
    private volatile boolean isOver;

    private QueuePoller(Sqs sqs, QueueSource source, DeployedFunction function) {
        this.sqs = sqs;
        this.source = source;
        this.function = function;
        this.thread =
                Thread.ofPlatform().name("poll " + source.queue()).daemon().unstarted(this::poll);
    }

    /// Polls until it is closed.
    public static QueuePoller start(Sqs sqs, QueueSource source, DeployedFunction function) {
        QueuePoller poller = new QueuePoller(sqs, source, function);
        poller.thread.start();
        return poller;
    }

    private void poll() {
        while (!isOver) {
            try {
                List<Message> batch = gather();
                if (!batch.isEmpty()) {
                    settle(batch, failures(batch));
                }
            } catch (SdkException failure) {
                if (!isOver) {
                    System.err.println("Polling " + source.queue() + " failed: " + failure.getMessage());
                }
            }
        }
    }

    /// What comes within the batching window that the first message opens.
    private List<Message> gather() {
        List<Message> batch = new ArrayList<>();
        long end = Long.MAX_VALUE;
        while (!isOver && batch.size() < source.batchSize() && System.nanoTime() < end) {
            List<Message> some = client().receiveMessage(receive -> receive.queueUrl(sqs.url(source.queue()))
                            .maxNumberOfMessages(Math.min(CALL_SIZE, source.batchSize() - batch.size()))
                            .waitTimeSeconds((int) LONG_POLL.toSeconds())
                            .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                    .messages();
            if (batch.isEmpty() && !some.isEmpty()) {
                end = System.nanoTime() + Math.min(source.batchingWindow().toNanos(), LONGEST_WINDOW.toNanos());
            }
            batch.addAll(some);
        }
        return batch;
    }

    private Set<String> failures(List<Message> batch) {
        Set<String> all = new HashSet<>();
        batch.forEach(message -> all.add(message.messageId()));
        return switch (function.invoke(Json.text(event(batch)))) {
            case Invocation.Returned(String answer)
            when source.partialFailures() -> new HashSet<>(BatchAnswer.failed(answer, all));
            case Invocation.Returned _ -> new HashSet<>();
            case Invocation.Failed _ -> all;
            // Lambda stops gathering where an event would be too large.
            case Invocation.Refused _
            when batch.size() > 1 -> {
                int half = batch.size() / 2;
                Set<String> failed = failures(batch.subList(0, half));
                failed.addAll(failures(batch.subList(half, batch.size())));
                yield failed;
            }
            case Invocation.Refused _ -> all;
        };
    }

    private void settle(List<Message> batch, Set<String> failed) {
        List<DeleteMessageBatchRequestEntry> done = new ArrayList<>();
        List<ChangeMessageVisibilityBatchRequestEntry> again = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            String id = Integer.toString(i);
            String handle = batch.get(i).receiptHandle();
            if (failed.contains(batch.get(i).messageId())) {
                again.add(ChangeMessageVisibilityBatchRequestEntry.builder()
                        .id(id)
                        .receiptHandle(handle)
                        .visibilityTimeout(RETRY_SECONDS)
                        .build());
            } else {
                done.add(DeleteMessageBatchRequestEntry.builder()
                        .id(id)
                        .receiptHandle(handle)
                        .build());
            }
        }
        String url = sqs.url(source.queue());
        for (int i = 0; i < done.size(); i += CALL_SIZE) {
            List<DeleteMessageBatchRequestEntry> some = done.subList(i, Math.min(i + CALL_SIZE, done.size()));
            client().deleteMessageBatch(delete -> delete.queueUrl(url).entries(some));
        }
        for (int i = 0; i < again.size(); i += CALL_SIZE) {
            List<ChangeMessageVisibilityBatchRequestEntry> some =
                    again.subList(i, Math.min(i + CALL_SIZE, again.size()));
            client().changeMessageVisibilityBatch(change -> change.queueUrl(url).entries(some));
        }
    }

    private ObjectNode event(List<Message> batch) {
        ObjectNode event = Json.object();
        ArrayNode records = event.putArray("Records");
        for (Message message : batch) {
            ObjectNode record = records.addObject();
            record.put("messageId", message.messageId());
            record.put("receiptHandle", message.receiptHandle());
            record.put("body", message.body());
            ObjectNode attributes = record.putObject("attributes");
            message.attributesAsStrings().forEach(attributes::put);
            record.putObject("messageAttributes");
            record.put("md5OfBody", message.md5OfBody());
            record.put("eventSource", "aws:sqs");
            record.put("eventSourceARN", Sqs.arn(source.queue()));
            record.put("awsRegion", "us-east-1");
        }
        return event;
    }

    private SqsClient client() {
        return sqs.client();
    }

    @Override
    public void close() {
        isOver = true;
        try {
            thread.join(LONG_POLL.plusSeconds(1));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
