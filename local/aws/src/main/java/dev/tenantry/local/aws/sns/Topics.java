package dev.tenantry.local.aws.sns;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.lambda.Invocation;
import dev.tenantry.local.aws.template.TopicSource;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/// What SNS does with a message of a topic, and Lambda with what SNS hands over: invokes the functions that are
/// subscribed, tries again what fails, and puts what it gives up into a queue. It waits for none of this in AWS; here
/// whoever publishes knows at the end what came of it.
public final class Topics {

    private static final String ARN = "arn:aws:sns:us-east-1:000000000000:";

    private final List<TopicSource> sources;
    private final BiFunction<String, String, Invocation> functions;
    private final BiConsumer<String, String> failures;
    private final Clock clock;

    /// @param functions invokes the function of a logical id with an event
    /// @param failures  puts a message into the queue of a logical id
    public Topics(
            List<TopicSource> sources,
            BiFunction<String, String, Invocation> functions,
            BiConsumer<String, String> failures,
            Clock clock) {
        this.sources = List.copyOf(sources);
        this.functions = functions;
        this.failures = failures;
        this.clock = clock;
    }

    /// Delivers a message.
    ///
    /// @param topic its logical id
    /// @return how many functions took it
    public int publish(String topic, String message) {
        int taken = 0;
        for (TopicSource source : sources) {
            if (source.topic().equals(topic) && deliver(source, event(topic, message))) {
                taken++;
            }
        }
        return taken;
    }

    private boolean deliver(TopicSource source, ObjectNode event) {
        Invocation last = invoke(source, event);
        for (int retry = 0; retry < source.retries() && !(last instanceof Invocation.Returned); retry++) {
            last = invoke(source, event);
        }
        if (last instanceof Invocation.Returned) {
            return true;
        }
        String failure = failure(source, event, last);
        source.failures().ifPresent(queue -> failures.accept(queue, failure));
        return false;
    }

    private Invocation invoke(TopicSource source, ObjectNode event) {
        return functions.apply(source.functionId(), Json.text(event));
    }

    /// AWS Lambda Developer Guide, "Invoking Lambda functions with Amazon SNS notifications".
    private ObjectNode event(String topic, String message) {
        ObjectNode event = Json.object();
        ObjectNode record = event.putArray("Records").addObject();
        record.put("EventSource", "aws:sns")
                .put("EventVersion", "1.0")
                .put("EventSubscriptionArn", ARN + topic + ":" + UUID.randomUUID());
        record.putObject("Sns")
                .put("Type", "Notification")
                .put("MessageId", UUID.randomUUID().toString())
                .put("TopicArn", ARN + topic)
                .put("Subject", "Amazon SES Email Event Notification")
                .put("Message", message)
                .put("Timestamp", clock.instant().toString())
                .putObject("MessageAttributes");
        return event;
    }

    /// AWS Lambda Developer Guide, "Capturing records of Lambda asynchronous invocations".
    private String failure(TopicSource source, ObjectNode event, Invocation last) {
        ObjectNode failure = Json.object();
        failure.put("version", "1.0").put("timestamp", clock.instant().toString());
        failure.putObject("requestContext")
                .put("functionArn", "arn:aws:lambda:us-east-1:000000000000:function:" + source.functionId())
                .put("condition", "RetriesExhausted")
                .put("approximateInvokeCount", source.retries() + 1);
        failure.set("requestPayload", event);
        failure.putObject("responseContext").put("statusCode", 200).put("functionError", "Unhandled");
        if (last instanceof Invocation.Failed(String error)) {
            Json.parse(error).ifPresent(json -> failure.set("responsePayload", json));
        }
        return Json.text(failure);
    }
}
