package dev.tenantry.local.broker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/// Asks the charger connect function about chargers, one at a time or many at once, as docs/broker.md has it. Events
/// are JSON objects as docs/schemas/charger-event.json describes them.
///
/// What may be sent again is sent again, after a pause that grows and is drawn at random. In AWS, `invoke` would be a
/// call of the SDK's `LambdaClient`; nothing else would differ.
public final class BrokerClient {

    /// How many events there may be in a batch.
    public static final int MOST_EVENTS = 100;

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int MOST_TRIES = 4;
    private static final int FIRST_PAUSE_MILLIS = 100;

    private final HttpClient http;
    private final URI function;
    private final RandomGenerator random;

    /// @param service where the local service answers
    public BrokerClient(HttpClient http, URI service, RandomGenerator random) {
        this.http = http;
        this.function = URI.create(service + "/2015-03-31/functions/ChargerConnectFunction/invocations");
        this.random = random;
    }

    /// Asks about one event, of a charger that waits.
    public Answer ask(ObjectNode event) {
        Answer answer = invokeOnce(event);
        for (int tries = 1; answer.retry() && tries < MOST_TRIES; tries++) {
            pause(tries);
            answer = invokeOnce(event);
        }
        return answer;
    }

    /// Tells of events that nobody waits for, such as the ends of the connections that a node had when it crashed.
    ///
    /// @return the answers, in the order of the events
    public List<Answer> tell(List<ObjectNode> events) {
        List<Answer> answers = new ArrayList<>();
        for (int start = 0; start < events.size(); start += MOST_EVENTS) {
            answers.addAll(tellBatch(events.subList(start, Math.min(start + MOST_EVENTS, events.size()))));
        }
        return answers;
    }

    /// After each try, those of the batch that are to be sent again make up the next one.
    private List<Answer> tellBatch(List<ObjectNode> events) {
        List<Answer> answers = new ArrayList<>(Collections.nCopies(events.size(), Answer.none("not sent yet", true)));
        for (int tries = 1; ; tries++) {
            List<Integer> open = new ArrayList<>();
            ObjectNode batch = Json.object();
            ArrayNode sent = batch.putArray("events");
            for (int i = 0; i < events.size(); i++) {
                if (answers.get(i).retry()) {
                    open.add(i);
                    sent.add(events.get(i));
                }
            }
            if (open.isEmpty() || tries > MOST_TRIES) {
                return answers;
            }
            if (tries > 1) {
                pause(tries - 1);
            }
            List<Answer> fresh = invokeBatch(batch, open.size());
            for (int i = 0; i < open.size(); i++) {
                answers.set(open.get(i), fresh.get(i));
            }
        }
    }

    private Answer invokeOnce(ObjectNode event) {
        try {
            return Answer.of(invoke(event));
        } catch (NoAnswer e) {
            return e.answer;
        }
    }

    private List<Answer> invokeBatch(ObjectNode batch, int size) {
        try {
            List<Answer> answers = new ArrayList<>();
            invoke(batch).path("answers").forEach(answer -> answers.add(Answer.of(answer)));
            return answers.size() == size
                    ? answers
                    : Collections.nCopies(size, Answer.none("another number of answers than of events", false));
        } catch (NoAnswer e) {
            return Collections.nCopies(size, e.answer);
        }
    }

    /// The call as a whole came to nothing.
    private static final class NoAnswer extends Exception {

        private final transient Answer answer;

        NoAnswer(String error, boolean retry) {
            super(error, null, false, false);
            this.answer = Answer.none(error, retry);
        }
    }

    private JsonNode invoke(ObjectNode payload) throws NoAnswer {
        HttpResponse<String> response;
        try {
            response = http.send(
                    HttpRequest.newBuilder(function)
                            .timeout(TIMEOUT)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(Json.text(payload)))
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw new NoAnswer("no answer: " + e.getMessage(), true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswer("interrupted", false);
        }
        if (response.statusCode() != 200) {
            throw new NoAnswer("status " + response.statusCode(), isWorthRepeating(response.statusCode()));
        }
        JsonNode json = Json.parse(response.body()).orElse(Json.object());
        if (response.headers().firstValue("x-amz-function-error").isPresent()) {
            throw new NoAnswer(
                    json.path("errorMessage").asText(),
                    !json.path("errorType").asText().endsWith("MalformedEvent"));
        }
        return json;
    }

    private static boolean isWorthRepeating(int status) {
        return status == 429 || status >= 500;
    }

    private void pause(int tries) {
        try {
            Thread.sleep(random.nextInt(FIRST_PAUSE_MILLIS << tries) + 1L);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
