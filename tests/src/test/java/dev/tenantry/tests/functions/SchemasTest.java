package dev.tenantry.tests.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.tenantry.audit.AuditAction;
import dev.tenantry.chargers.Reason;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.tests.project.Project;
import dev.tenantry.usage.Counters;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The schemas under `docs/schemas`, held against what the functions take and answer.
class SchemasTest {

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(Dialects.getDraft202012(), _ -> {});

    private static final String EVENT = """
        {"type": "%s", "tenant": "nobodys", "identity": "W1", "sourceIp": "192.0.2.1", "tls": true, "connectionId": "c",
         "at": "2026-01-31T12:00:00.000Z", "boot": {}, "clientCertificateCn": "W1", "authorization": "Basic eDp5"}\
        """;

    private static final Pattern POINTER = Pattern.compile("/([A-Za-z]+) ");

    static List<Path> chargerEvents() {
        return Project.events().stream()
                .filter(file -> SampleEvent.name(file).startsWith("chargerconnect/"))
                .toList();
    }

    private static String text(String name) {
        return Project.read(Project.root().resolve("docs/schemas/" + name + ".json"));
    }

    private static JsonNode schema(String name) {
        return parse(text(name));
    }

    private static List<String> faults(String schema, JsonNode value) {
        return SCHEMAS.getSchema(text(schema)).validate(Json.text(value), InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    private static JsonNode parse(String json) {
        return Json.parse(json).orElseThrow(() -> new AssertionError(json));
    }

    /// An event is as the schema says if, and only if, the function understands it; and its answer is as the schema
    /// says.
    @ParameterizedTest
    @MethodSource("chargerEvents")
    void sayWhatTheFunctionTakesAndAnswers(Path file) {
        SampleEvent sample = SampleEvent.of(file);
        JsonNode event = parse(sample.json());
        JsonNode answer;
        try (Sandbox sandbox = sample.sandbox()) {
            answer = parse(sandbox.invoke(sample.function(), sample.json()));
        }
        if (answer.has("answers")) {
            assertThat(faults("charger-answer", answer)).isEmpty();
            for (int i = 0; i < event.path("events").size(); i++) {
                assertThat(faults("charger-event", event.path("events").path(i)).isEmpty())
                        .isEqualTo(!answer.path("answers").path(i).has("error"));
            }
        } else if (answer.has("errorMessage")) {
            assertThat(faults("charger-event", event)).isNotEmpty();
        } else {
            assertThat(faults("charger-event", event)).isEmpty();
            assertThat(faults("charger-answer", answer)).isEmpty();
        }
    }

    /// Every reason, and none besides.
    @Test
    void nameEveryReason() {
        List<String> named = new ArrayList<>();
        schema("charger-answer")
                .at("/$defs/rejected/properties/reason/examples")
                .forEach(reason -> named.add(reason.asText()));
        assertThat(named)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Reason.values()).map(Reason::text).toList());
    }

    /// The function says of each field that the schema names that it is of another type; of what it does not know
    /// it says nothing.
    @Test
    void nameEveryFieldOfAnEvent() {
        Set<String> named = new TreeSet<>();
        schema("charger-event").at("/$defs/event/properties").fieldNames().forEachRemaining(named::add);
        // Whatever a payload is, it is no fault.
        named.removeAll(Set.of("boot", "events"));
        StringBuilder wrong = new StringBuilder("{\"unknown\": [[]]");
        named.forEach(name -> wrong.append(", \"").append(name).append("\": [[]]"));
        try (Sandbox sandbox = new Sandbox()) {
            assertThat(pointers(ask(sandbox, wrong.append("}").toString()))).isEqualTo(named);
        }
    }

    private static JsonNode ask(Sandbox sandbox, String event) {
        return parse(sandbox.invoke(Sandbox.function("chargerconnect"), event));
    }

    private static Set<String> pointers(JsonNode error) {
        Set<String> pointers = new TreeSet<>();
        Matcher matcher = POINTER.matcher(error.path("errorMessage").asText());
        while (matcher.find()) {
            pointers.add(matcher.group(1));
        }
        return pointers;
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "boot", "disconnect"})
    void demandWhatTheFunctionDemands(String type) {
        List<String> names = new ArrayList<>();
        parse(EVENT.formatted(type)).fieldNames().forEachRemaining(names::add);
        try (Sandbox sandbox = new Sandbox()) {
            for (String name : names) {
                for (String other : List.of("", "null", "7", "\"\"", "\" a b\"", "[]")) {
                    ObjectNode event = (ObjectNode) parse(EVENT.formatted(type));
                    if (other.isEmpty()) {
                        event.remove(name);
                    } else {
                        event.set(name, parse(other));
                    }
                    // Which text is an address no pattern tells.
                    if (!name.equals("sourceIp") || !other.startsWith("\"")) {
                        assertThat(faults("charger-event", event).isEmpty())
                                .as(Json.text(event))
                                .isEqualTo(!ask(sandbox, Json.text(event)).has("errorMessage"));
                    }
                }
            }
        }
    }

    /// A message that comes to the dead-letter queue by what it is, and not by whose it is or when.
    @Test
    void sayWhatAUsageReportIs() {
        SampleEvent sample = SampleEvent.of(Project.root().resolve("events/usageingest/reports.json"));
        try (Sandbox sandbox = sample.sandbox()) {
            for (String more : List.of(
                    "{}",
                    "{\"errors\": 1}",
                    "{\"messagesIn\": 0, \"messagesOut\": 1000000000000, \"bytesIn\": 1.0}",
                    "{\"bytesOut\": 1e3}",
                    "{\"bytesOut\": 1e13}",
                    "{\"connects\": 1}",
                    "{\"disconnects\": 0}",
                    "{\"chargersOnlineMax\": 1}",
                    "{\"messagesIn\": -1}",
                    "{\"messagesIn\": 1000000000001}",
                    "{\"messagesIn\": 1.5}",
                    "{\"messagesIn\": \"1\"}",
                    "{\"messagesIn\": null}",
                    "{\"messages\": 1}",
                    "{\"id\": \"\"}",
                    "{\"id\": 7}",
                    "{\"charger\": \"\"}",
                    "{\"charger\": null}",
                    "{\"at\": \"yesterday\"}",
                    "{\"tenant\": \"ACME\"}")) {
                ObjectNode report = Json.object()
                        .put("id", "r-" + more.hashCode())
                        .put("tenant", "acme")
                        .put("charger", "RDAM 123")
                        .put("at", Instant.now().toString());
                parse(more).properties().forEach(field -> report.set(field.getKey(), field.getValue()));
                assertAgrees(sandbox, report);
                // The same among the samples of a report.
                ObjectNode several =
                        Json.object().put("id", "s-" + more.hashCode()).put("tenant", "acme");
                ObjectNode one = report.deepCopy();
                for (String name : List.of("id", "tenant")) {
                    if (one.path(name).equals(report.path(name)) && !more.contains('"' + name + '"')) {
                        one.remove(name);
                    }
                }
                several.putArray("samples")
                        .add(Json.object().put("at", Instant.now().toString()))
                        .add(one);
                assertAgrees(sandbox, several);
                assertAgrees(sandbox, report.deepCopy().set("samples", several.path("samples")));
            }
            ObjectNode empty = Json.object().put("id", "none").put("tenant", "acme");
            empty.putArray("samples");
            assertAgrees(sandbox, empty);
        }
    }

    /// Whatever use cases write down, and however it is delivered.
    @Test
    void sayWhatAChangeEventIs() {
        SampleEvent sample = SampleEvent.of(Project.root().resolve("events/changeevents/changes.json"));
        try (Sandbox sandbox = sample.sandbox()) {
            sandbox.invoke(sample.function(), sample.json());
        }
        JsonNode told = Sandbox.Bus.DELIVERED.newestFirst().getFirst();
        assertThat(faults("change-event", told)).isEmpty();
        List<String> fields = new ArrayList<>();
        told.path("detail").fieldNames().forEachRemaining(fields::add);
        assertThat(named("/properties/detail/properties")).containsExactlyElementsOf(fields);
        for (String field : fields) {
            for (String other : List.of("", "null", "-1", "{}", "[]")) {
                ObjectNode event = told.deepCopy();
                ObjectNode detail = (ObjectNode) event.path("detail");
                if (other.isEmpty()) {
                    detail.remove(field);
                } else {
                    detail.set(field, parse(other));
                }
                assertThat(faults("change-event", event))
                        .as(field + " " + other)
                        .isNotEmpty();
            }
        }
    }

    @Test
    void nameEveryAction() {
        List<String> named = new ArrayList<>();
        schema("change-event").at("/$defs/action/examples").forEach(action -> named.add(action.asText()));
        assertThat(named)
                .containsExactlyElementsOf(Arrays.stream(AuditAction.values())
                        .map(AuditAction::text)
                        .toList());
    }

    /// The broker's guide says of no change that is none what is to be done, and tells apart those that it names.
    @Test
    void areOfTheActionsThatTheBrokersGuideNames() {
        String guide = Project.read(Project.root().resolve("docs/broker.md"));
        int begin = guide.indexOf("\n## Change events\n");
        Set<String> mentioned = new TreeSet<>();
        Matcher matcher = Pattern.compile("`([a-z]+[.][a-z_]+)`")
                .matcher(guide.substring(begin, guide.indexOf("\n## ", begin + 1)));
        while (matcher.find()) {
            mentioned.add(matcher.group(1));
        }
        assertThat(mentioned)
                .isNotEmpty()
                .allSatisfy(
                        action -> assertThat(AuditAction.of(action)).as(action).isPresent());
    }

    private static List<String> named(String pointer) {
        List<String> names = new ArrayList<>();
        schema("change-event").at(pointer).fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static void assertAgrees(Sandbox sandbox, JsonNode report) {
        ObjectNode delivery = Json.object();
        delivery.putArray("Records").addObject().put("messageId", "1").put("body", Json.text(report));
        JsonNode answer = parse(sandbox.invoke(Sandbox.function("usageingest"), Json.text(delivery)));
        assertThat(faults("usage-report", report).isEmpty())
                .as(Json.text(report))
                .isEqualTo(answer.path("batchItemFailures").isEmpty());
    }

    /// All but those that are not reported, in a sample alone as among others.
    @Test
    void nameEveryCounter() {
        Set<String> known = new HashSet<>(Set.of("charger", "at"));
        for (RecordComponent counter : Counters.class.getRecordComponents()) {
            known.add(counter.getName());
        }
        known.removeAll(Set.of("connects", "disconnects"));
        assertThat(names(schema("usage-report").at("/$defs/sample"))).isEqualTo(known);
        known.addAll(Set.of("id", "tenant"));
        assertThat(names(schema("usage-report").at("/oneOf/1"))).isEqualTo(known);
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new HashSet<>();
        object.path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }
}
