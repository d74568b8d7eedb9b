package dev.tenantry.tests.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditEntry;
import dev.tenantry.audit.Event;
import dev.tenantry.config.Settings;
import dev.tenantry.events.EventFailed;
import dev.tenantry.functions.changeevents.ChangeEventsHandler;
import dev.tenantry.local.aws.eventbridge.DeliveredEvents;
import dev.tenantry.local.aws.eventbridge.EventBridgeStandIn;
import dev.tenantry.local.aws.fault.Fault;
import dev.tenantry.local.aws.fault.Faults;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.http.WebServer;
import dev.tenantry.local.aws.streams.AttributeJson;
import dev.tenantry.local.aws.template.FunctionDefinition;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.People;
import dev.tenantry.tests.project.Project;
import dev.tenantry.text.Timestamp;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The function that tells the bus of changes, given the rows that use cases write.
class ChangeEventsTest {

    private static final FunctionDefinition FUNCTION = Sandbox.function("changeevents");
    private static final String SECRET = "wss://cpms.example.com/?token=s3cret";

    /// Enough for some tries, and less than a test should take.
    private static final int A_MOMENT_MILLIS = 11_500;

    private final Sandbox sandbox = new Sandbox();
    private final Core core = sandbox.core();
    private final DeliveredEvents delivered = new DeliveredEvents();
    private final Faults faults = new Faults();
    private final WebServer bus = bus();

    private WebServer bus() {
        try {
            WebServer server = WebServer.bind(0);
            server.serve(new EventBridgeStandIn(Project.template().buses(), delivered, faults, Clock.systemUTC()));
            return server;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void foundTenants() {
        core.tenant("acme", People.named("ada"));
        core.tenant("globex", People.named("otto"));
    }

    @AfterEach
    void close() throws Exception {
        bus.close();
        sandbox.close();
    }

    @ParameterizedTest
    @EnumSource(AuditAction.class)
    void tellsOfEachActionOnceAndOfNoValue(AuditAction action) {
        Set<String> before = sequenceNumbers();
        core.commit(change -> core.audit()
                .record(
                        change,
                        core.scope("acme"),
                        action,
                        Event.changed("the-target", values("before"), values("after"))));

        // Both rows of the change, as a stream without a filter would tell of them.
        JsonNode answer = invoke(event(row -> !before.contains(sequenceNumber(row))), 60_000);

        assertThat(answer.path("batchItemFailures")).isEmpty();
        JsonNode told = onlyEvent();
        AuditEntry entry = core.trail("acme").getFirst();
        assertThat(told.path("source").asText()).isEqualTo("tenantry");
        assertThat(told.path("detail-type").asText()).isEqualTo(action.text());
        assertThat(told.path("detail"))
                .isEqualTo(Json.object()
                        .put("id", entry.id())
                        .put("tenant", "acme")
                        .put("tenantId", core.scope("acme").id().value())
                        .put("action", action.text())
                        .put("targetType", action.targetType())
                        .put("targetId", "the-target")
                        .put("actorId", entry.actorId())
                        .put("requestId", entry.requestId())
                        .put("createdAt", Timestamp.of(entry.createdAt())));
        assertThat(Json.text(told)).doesNotContain("before", "after", "s3cret", "@", "203.0.113", "198.51.100");
    }

    @Test
    void tellsOfEveryEntryOfAChangeOfMany() {
        Set<String> before = sequenceNumbers();
        recordMany("acme", 90);

        invoke(event(row -> !before.contains(sequenceNumber(row))), 60_000);

        assertThat(ids())
                .hasSize(90)
                .isSorted()
                .isEqualTo(core.trail("acme").stream()
                        .limit(90)
                        .map(AuditEntry::id)
                        .sorted()
                        .toList());
    }

    @Test
    void tellsTheSameOfTheSameRows() {
        String event = event(_ -> true);
        invoke(event, 60_000);
        List<JsonNode> first = details();
        invoke(event, 60_000);

        assertThat(details()).hasSize(2 * first.size());
        assertThat(new HashSet<>(details())).isEqualTo(new HashSet<>(first)).hasSameSizeAs(first);
    }

    /// Each of these lets calls fail as a whole or in part.
    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"ERROR", "THROTTLE", "RESET", "LATE"})
    void putsAgainWhatTheBusDidNotTake(Fault fault) {
        recordMany("acme", 25);
        faults.order(Faults.Service.EVENTS, fault, 4);

        assertThat(invoke(event(_ -> true), 60_000).path("batchItemFailures")).isEmpty();

        assertToldAtLeastOnce();
    }

    @Test
    void givesUpASlowBusAndPutsAgain() {
        faults.order(Faults.Service.EVENTS, Fault.SLOW, 1);

        assertThat(invoke(event(_ -> true), 60_000).path("batchItemFailures")).isEmpty();

        assertToldAtLeastOnce();
    }

    @Test
    void putsAgainNothingThatTheBusTook() {
        Set<String> before = sequenceNumbers();
        recordMany("acme", 10);
        faults.order(Faults.Service.EVENTS, Fault.THROTTLE, 1);

        invoke(event(row -> !before.contains(sequenceNumber(row))), 60_000);

        assertThat(ids()).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void answersWhichRecordsComeAgain() {
        faults.order(Faults.Service.EVENTS, Fault.ERROR, 1000);
        String event = event(_ -> true);

        JsonNode answer = invoke(event, A_MOMENT_MILLIS);

        // The row by action holds nothing that the one by time does not tell.
        assertThat(answer.path("batchItemFailures").findValuesAsText("itemIdentifier"))
                .containsExactlyInAnyOrderElementsOf(sequenceNumbersByTime());
        assertThat(delivered.newestFirst()).isEmpty();
        faults.order(Faults.Service.EVENTS, Fault.ERROR, 0);
        assertThat(invoke(event, 60_000).path("batchItemFailures")).isEmpty();
        assertToldAtLeastOnce();
    }

    /// What the bus keeps refusing is in nobody's way: here the second half of the last call, over and over.
    @Test
    void letsWhatTheBusRefusesHoldUpNoOther() {
        Set<String> before = sequenceNumbers();
        for (int i = 0; i < 12; i++) {
            recordMany("acme", 1);
        }
        String event = event(row -> sequenceNumber(row).startsWith("AUDIT#") && !before.contains(sequenceNumber(row)));
        // One event alone is always the second half.
        faults.order(Faults.Service.EVENTS, Fault.THROTTLE, 1000);

        JsonNode answer = invoke(event, A_MOMENT_MILLIS);

        assertThat(answer.path("batchItemFailures")).hasSize(1);
        assertThat(ids()).hasSize(11).doesNotHaveDuplicates();
    }

    @Test
    void tellsOfTheOthersBeforeItFailsForARowThatItCantUnderstand() {
        ObjectNode event =
                (ObjectNode) Json.parse(event(row -> sequenceNumber(row).startsWith("AUDIT#")))
                        .orElseThrow();
        ObjectNode broken = event.path("Records").get(0).deepCopy();
        ((ObjectNode) broken.at("/dynamodb/NewImage")).remove("events");
        ((ObjectNode) broken.path("dynamodb")).put("SequenceNumber", "broken");
        ((ArrayNode) event.path("Records")).insert(0, broken);
        try (CapturedOutput log = CapturedOutput.begin()) {
            ChangeEventsHandler handler = handler();

            assertThatThrownBy(() -> Sandbox.invoke(handler, Json.text(event))).isInstanceOf(EventFailed.class);

            assertToldAtLeastOnce();
            assertThat(log.lines().getFirst())
                    .contains("\"level\":\"ERROR\"", "sequence number broken", "a row lacks its attribute events");
            assertThat(log.lines().getLast()).contains("\"recordsUnreadable\":1", "\"changeEventsSent\":2");
        }
    }

    @ParameterizedTest
    @EnumSource(Broken.class)
    void understandsNoRowThatLacksWhatAnEventTells(Broken broken) {
        ObjectNode event =
                (ObjectNode) Json.parse(event(row -> sequenceNumber(row).startsWith("AUDIT#")))
                        .orElseThrow();
        broken.damage((ObjectNode) event.at("/Records/0/dynamodb/NewImage"));
        try (CapturedOutput _ = CapturedOutput.begin()) {
            ChangeEventsHandler handler = handler();
            assertThatThrownBy(() -> Sandbox.invoke(handler, Json.text(event))).isInstanceOf(EventFailed.class);
        }
        assertThat(delivered.newestFirst()).hasSize(1);
    }

    /// What may be wrong with a row.
    enum Broken {
        NO_ACTION {
            @Override
            void damage(ObjectNode row) {
                row.remove("action");
            }
        },
        TEXT_THAT_IS_A_NUMBER {
            @Override
            void damage(ObjectNode row) {
                row.putObject("actorId").put("N", "7");
            }
        },
        NO_NUMBER {
            @Override
            void damage(ObjectNode row) {
                row.putObject("id").put("N", "1.5");
            }
        },
        NO_TIME {
            @Override
            void damage(ObjectNode row) {
                row.putObject("createdAt").put("S", "yesterday");
            }
        },
        NO_TENANT_ID {
            @Override
            void damage(ObjectNode row) {
                row.remove("tenantId");
            }
        },
        NO_MAP {
            @Override
            void damage(ObjectNode row) {
                row.putObject("events").putArray("L").addObject().put("S", "x");
            }
        };

        abstract void damage(ObjectNode row);
    }

    @Test
    void passesOverWhatIsNoNewAuditRow() {
        String all = event(_ -> true);
        invoke(all.replace("\"INSERT\"", "\"MODIFY\""), 60_000);
        invoke(all.replace("\"INSERT\"", "\"REMOVE\""), 60_000);
        invoke(event(row -> !sequenceNumber(row).startsWith("AUDIT#")), 60_000);
        assertThat(delivered.newestFirst()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(NoEvent.class)
    void understandsNoEventOfAnotherSource(NoEvent event) {
        assertThat(sandbox.invoke(FUNCTION, event.json)).contains("MalformedEvent");
    }

    enum NoEvent {
        NOTHING(""),
        ANOTHER("{}"),
        TEXT("{\"Records\":[\"x\"]}"),
        NO_NUMBER("{\"Records\":[{\"eventName\":\"INSERT\",\"dynamodb\":{}}]}");

        private final String json;

        NoEvent(String json) {
            this.json = json;
        }
    }

    @Test
    void countsInTheLog() {
        faults.order(Faults.Service.EVENTS, Fault.ERROR, 1);
        try (CapturedOutput log = CapturedOutput.begin()) {
            Sandbox.invoke(handler(), event(_ -> true));
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains(
                            "\"event\":\"changes\"",
                            "\"reasons\":{\"changeEventsRepeated\":\"EventBridge: 500 InternalException\"}",
                            "\"changeEventsSent\":2",
                            "\"changeEventsFailed\":0",
                            "\"changeEventsRepeated\":2",
                            "\"recordsUnreadable\":0");
        }
    }

    private void assertToldAtLeastOnce() {
        Set<String> expected = new TreeSet<>();
        for (String tenant : List.of("acme", "globex")) {
            core.trail(tenant).forEach(entry -> expected.add(tenant + entry.id()));
        }
        Set<String> told = new TreeSet<>();
        details()
                .forEach(detail -> told.add(
                        detail.path("tenant").asText() + detail.path("id").asText()));
        assertThat(told).isEqualTo(expected).isNotEmpty();
    }

    private static Map<String, Object> values(String which) {
        return Map.of(
                which, SECRET, "username", "grace@example.com", "ip", "198.51.100.7", "password", which + "-s3cret");
    }

    private void recordMany(String tenant, int events) {
        core.commit(change -> core.audit()
                .record(
                        change,
                        core.scope(tenant),
                        AuditAction.USER_ROLE_CHANGED,
                        IntStream.range(0, events)
                                .mapToObj(i -> Event.changed("user-" + i, values("before"), values("after")))
                                .toList()));
    }

    private ChangeEventsHandler handler() {
        Map<String, String> environment = Sandbox.environment(FUNCTION, sandbox.dynamoDbUri());
        environment.put("AWS_ENDPOINT_URL_EVENTBRIDGE", bus.uri().toString());
        return new ChangeEventsHandler(Settings.of(environment));
    }

    private JsonNode invoke(String event, int millisLeft) {
        try (CapturedOutput _ = CapturedOutput.begin()) {
            return Json.parse(Sandbox.invoke(handler(), event, Sandbox.context(millisLeft)))
                    .orElseThrow();
        }
    }

    private List<JsonNode> details() {
        return delivered.newestFirst().stream()
                .map(event -> event.path("detail"))
                .toList();
    }

    /// In the order in which they were told.
    private List<Long> ids() {
        List<Long> ids = new ArrayList<>();
        details().forEach(detail -> ids.add(detail.path("id").asLong()));
        Collections.reverse(ids);
        return ids;
    }

    private JsonNode onlyEvent() {
        assertThat(delivered.newestFirst()).hasSize(1);
        return delivered.newestFirst().getFirst();
    }

    private Set<String> sequenceNumbers() {
        Set<String> numbers = new HashSet<>();
        sandbox.items().forEach(row -> numbers.add(sequenceNumber(row)));
        return numbers;
    }

    private List<String> sequenceNumbersByTime() {
        return sequenceNumbers().stream()
                .filter(number -> number.startsWith("AUDIT#"))
                .toList();
    }

    /// Rows of several tenants can have the same sort key.
    private static String sequenceNumber(Map<String, AttributeValue> row) {
        return key(row, "SK") + " of " + key(row, "PK");
    }

    private static String key(Map<String, AttributeValue> row, String name) {
        return Objects.requireNonNull(row.get(name), name).s();
    }

    /// What a stream tells of rows that came into being.
    private String event(Predicate<Map<String, AttributeValue>> wanted) {
        ObjectNode event = Json.object();
        ArrayNode records = event.putArray("Records");
        for (Map<String, AttributeValue> row : sandbox.items()) {
            if (wanted.test(row)) {
                ObjectNode change =
                        records.addObject().put("eventName", "INSERT").putObject("dynamodb");
                change.put("SequenceNumber", sequenceNumber(row));
                change.set("NewImage", AttributeJson.of(row));
            }
        }
        return Json.text(event);
    }
}
