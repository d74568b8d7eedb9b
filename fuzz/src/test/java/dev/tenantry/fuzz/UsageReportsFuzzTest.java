package dev.tenantry.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.functions.usageingest.UsageIngestHandler;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.usage.Counters;
import dev.tenantry.usage.Sample;
import dev.tenantry.usage.WaitingUsage;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Deliveries of the queue, a line for each message: the text of a report, in which `@now` is the time, or `+` and
/// numbers, from which a report is made that nothing is wrong with.
class UsageReportsFuzzTest {

    private static final Deployment DEPLOYMENT = new Deployment();
    private static final UsageIngestHandler INGEST =
            DEPLOYMENT.function("UsageIngestFunction", UsageIngestHandler::new);

    /// Lambda hands over so many at once, at most, where the template says nothing else.
    private static final int MOST_MESSAGES = 100;

    /// In the names of the reports that are made here, so that none of another line's is one of them.
    private static final String OURS = UUID.randomUUID().toString();

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,12}");

    static Stream<byte[]> deliveries() {
        return Stream.concat(
                SampleEvents.of("usageingest")
                        .map(event -> event.path("Records")
                                .valueStream()
                                .map(message -> message.path("body")
                                        .asText()
                                        .replace('\n', ' ')
                                        .replaceAll("2025-10-16T[0-9:.]+Z\"(?=, )", "@now\""))
                                .collect(Collectors.joining("\n"))
                                .getBytes(UTF_8)),
                Stream.of("+1 2 3\n+999999999999\n+\n+7 7".getBytes(UTF_8)));
    }

    static Stream<byte[]> slightlyWrongDeliveries() {
        return Mutations.of(deliveries());
    }

    @MethodSource("deliveries")
    @FuzzTest
    void countsWhatItTakesAndNamesWhatItDoesNot(byte[] lines) {
        deliver(lines);
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("slightlyWrongDeliveries")
    void countsWhatItTakesOfSlightlyWrongDeliveries(byte[] lines) {
        deliver(lines);
    }

    private static void deliver(byte[] lines) {
        String now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS).toString();
        List<String> bodies = new ArrayList<>();
        Set<String> wellFormed = new HashSet<>();
        for (String line : new String(lines, UTF_8).split("\n", MOST_MESSAGES)) {
            if (line.startsWith("+")) {
                wellFormed.add(id(bodies.size()));
                bodies.add(report(line, bodies.size(), now));
            } else {
                bodies.add(line.replace("@now", now));
            }
        }
        String text = DEPLOYMENT.invoke(INGEST, Json.text(delivery(bodies)).getBytes(UTF_8));
        Deployment.Effects effects = DEPLOYMENT.takeBack();

        JsonNode answer = Json.parse(text).orElseThrow(() -> new AssertionError("no JSON: " + text));
        Set<String> failed = new HashSet<>();
        answer.path("batchItemFailures")
                .forEach(item -> failed.add(item.path("itemIdentifier").asText()));
        Set<String> all = new HashSet<>();
        for (int i = 0; i < bodies.size(); i++) {
            all.add(id(i));
        }
        assertThat(failed).isSubsetOf(all);
        assertThat(Collections.disjoint(failed, wellFormed))
                .as(DEPLOYMENT.log())
                .isTrue();
        assertThat(answer.path("batchItemFailures").size()).isEqualTo(failed.size());
        assertThat(DEPLOYMENT.log()).doesNotContain("\"fault\":");
        assertThat(WaitingUsage.byTenant(effects.written().values()))
                .as(DEPLOYMENT.log())
                .isEqualTo(recount(bodies, failed));
    }

    private static String id(int place) {
        return "message-" + place;
    }

    private static ObjectNode delivery(List<String> bodies) {
        ObjectNode event = Json.object();
        ArrayNode records = event.putArray("Records");
        for (int i = 0; i < bodies.size(); i++) {
            records.addObject()
                    .put("messageId", id(i))
                    .put("body", bodies.get(i))
                    .put("eventSource", "aws:sqs");
        }
        return event;
    }

    private static String report(String numbers, int place, String now) {
        ObjectNode report = Json.object().put("id", OURS + place).put("tenant", "acme");
        ArrayNode samples = report.putArray("samples");
        NUMBER.matcher(numbers)
                .results()
                .limit(20)
                .map(number -> Long.parseLong(number.group()) % (Sample.MAX_COUNT + 1))
                .forEach(count -> samples.addObject()
                        .put("at", now)
                        .put("charger", "CP-" + count)
                        .put("messagesIn", count)
                        .put("bytesOut", Sample.MAX_COUNT - count)
                        .put("errors", count / 2));
        if (samples.isEmpty()) {
            samples.addObject().put("at", now);
        }
        return Json.text(report);
    }

    /// What the reports come to that were taken, read by other means and each once.
    private static Map<String, Counters> recount(List<String> bodies, Set<String> failed) {
        Map<String, Counters> sums = new TreeMap<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < bodies.size(); i++) {
            if (failed.contains(id(i))) {
                continue;
            }
            JsonNode report = Json.parse(bodies.get(i)).orElseThrow();
            String tenant = report.path("tenant").asText();
            if (seen.add(tenant + "\n" + report.path("id").asText())) {
                Stream<JsonNode> samples =
                        report.has("samples") ? report.path("samples").valueStream() : Stream.of(report);
                samples.forEach(sample -> sums.merge(tenant, counters(sample), Counters::plus));
            }
        }
        sums.values().removeIf(Counters.ZERO::equals);
        return sums;
    }

    private static Counters counters(JsonNode sample) {
        return new Counters(
                count(sample, "messagesIn"),
                count(sample, "messagesOut"),
                count(sample, "bytesIn"),
                count(sample, "bytesOut"),
                0,
                0,
                count(sample, "errors"));
    }

    private static long count(JsonNode sample, String name) {
        return sample.path(name).decimalValue().longValueExact();
    }
}
