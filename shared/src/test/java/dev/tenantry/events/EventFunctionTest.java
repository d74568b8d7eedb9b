package dev.tenantry.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.refusal.Refusal.Fault;
import dev.tenantry.refusal.Refusal.Unavailable;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Keys;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenants.NewTenant;
import dev.tenantry.tenants.Tenant;
import dev.tenantry.tenants.TenantName;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.DynamoDbLocal;
import dev.tenantry.testing.LambdaContext;
import dev.tenantry.testing.People;
import dev.tenantry.testing.TestClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventFunctionTest {

    private static final String SECRET = "hunter2";

    private final Core core = Core.over(DynamoDbLocal.client(), new TestClock());
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    /// What a function does with an event.
    private interface Handling {
        void handle(Function function, String event, JsonGenerator out, EventEntry entry) throws IOException;
    }

    /// A function with one handling.
    private final class Function extends EventFunction {

        private final Handling handling;
        private Optional<Duration> timeForStorage = Optional.empty();

        Function(Handling handling) {
            super(core.eventContext());
            this.handling = handling;
        }

        @Override
        protected void handle(InputStream in, JsonGenerator out, String requestId, EventEntry entry)
                throws IOException {
            handling.handle(this, new String(in.readAllBytes(), StandardCharsets.UTF_8), out, entry);
        }

        @Override
        public Optional<Duration> timeForStorage() {
            return timeForStorage;
        }

        @Override
        public List<String> primingEvents() {
            return List.of("\"first\"", "\"second\"");
        }
    }

    @Test
    void answersWithOneLineInTheLog() throws IOException {
        Function function = function((_, event, out, entry) -> {
            entry.kind("greeting");
            entry.tenant(new DomainPrefix("acme"));
            entry.code("accepted");
            entry.count("samples", 3);
            entry.count("samples", 4);
            entry.reason("samples", "the first");
            entry.reason("samples", "another");
            core.table().read(Keys.idempotencyRecord("none"));
            out.writeString("heard " + event);
        });

        assertThat(invoke(function, "hello")).isEqualTo("\"heard hello\"");

        JsonNode line = line();
        assertThat(line.path("level").asText()).isEqualTo("INFO");
        assertThat(line.path("requestId").asText()).isEqualTo("aws-request");
        assertThat(line.path("event").asText()).isEqualTo("greeting");
        assertThat(line.path("tenant").asText()).isEqualTo("acme");
        assertThat(line.path("code").asText()).isEqualTo("accepted");
        assertThat(line.path("dynamoDbCalls").asInt()).isEqualTo(1);
        assertThat(line.path("capacityUnits").asDouble()).isPositive();
        assertThat(line.path("samples").asInt()).isEqualTo(7);
        assertThat(line.path("reasons").toString()).isEqualTo("{\"samples\":\"the first\"}");
        assertThat(line.path("faults").asInt()).isZero();
        assertThat(line.path("coldStart").asBoolean()).isTrue();
    }

    @Test
    void saysInALineOfItsOwnWhyAMessageIsRefused() throws IOException {
        invoke(
                function((_, _, _, entry) -> {
                    entry.refused("m-1", "late", "is late");
                    entry.refused("m-2", "late", "is later");
                }),
                "{}");
        assertThat(lines()).hasSize(3);
        assertThat(lines().get(1).path("messageId").asText()).isEqualTo("m-2");
        assertThat(lines().get(1).path("refused").asText()).isEqualTo("late");
        assertThat(lines().get(1).path("reason").asText()).isEqualTo("is later");
        assertThat(lines().getLast().path("late").asInt()).isEqualTo(2);
        assertThat(lines().getLast().path("reasons").toString()).isEqualTo("{\"late\":\"is late\"}");
    }

    /// CloudWatch User Guide, "Embedded metric format specification".
    @Test
    void isItsMetricsAtTheSameTime() throws IOException {
        invoke(
                function((_, _, _, entry) -> {
                    entry.count("lagSeconds", 1);
                    entry.count("tenantsFailed", 0);
                    entry.count("samples", 1);
                }),
                "{}");

        JsonNode line = line();
        JsonNode directive = line.path("_aws").path("CloudWatchMetrics").path(0);
        assertThat(directive.path("Metrics"))
                .extracting(metric -> metric.path("Name").asText())
                // What costs is told where it tells something, to somebody who watches it.
                .containsExactly("lagSeconds");
        assertThat(line.path("samples").asInt()).isEqualTo(1);
        assertThat(directive.path("Metrics"))
                .allSatisfy(metric -> assertThat(
                                line.path(metric.path("Name").asText()).isNumber())
                        .isTrue());
        assertThat(directive.path("Dimensions"))
                .allSatisfy(names -> assertThat(names)
                        .allSatisfy(name ->
                                assertThat(line.path(name.asText()).isTextual()).isTrue()));
    }

    @Test
    void namesAllFaultsOfAnEventToItsSender() throws IOException {
        Function function = function((_, _, _, _) -> {
            throw new MalformedEvent(List.of(new Fault("/at", "is required"), new Fault("", "is too long")));
        });

        assertThatThrownBy(() -> invoke(function, SECRET))
                .isInstanceOf(MalformedEvent.class)
                .hasMessage("/at is required; the event is too long")
                .satisfies(e -> assertThat(e.getStackTrace()).isEmpty());

        assertThat(line().path("code").asText()).isEqualTo("malformed_event");
        assertThat(line().path("malformedEvents").asInt()).isEqualTo(1);
        assertThat(line().path("faults").asInt()).isZero();
    }

    @Test
    void tellsNothingOfItsOwnFaults() throws IOException {
        Function function = function((_, event, _, _) -> {
            throw new IllegalArgumentException(event);
        });

        assertThatThrownBy(() -> invoke(function, SECRET))
                .isInstanceOf(EventFailed.class)
                .hasMessage("The event could not be handled. Request aws-request")
                .hasNoCause()
                .satisfies(e -> assertThat(e.getStackTrace()).isEmpty());

        assertThat(lines()).hasSize(2);
        assertThat(lines().getFirst().path("fault").asText()).isEqualTo("java.lang.IllegalArgumentException");
        assertThat(lines().getLast().path("level").asText()).isEqualTo("ERROR");
        assertThat(lines().getLast().path("faults").asInt()).isEqualTo(1);
        assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain(SECRET);
    }

    @Test
    void answersAndLogsErrorsToo() throws IOException {
        Function function = function((_, _, _, _) -> {
            throw new NoClassDefFoundError(SECRET);
        });

        assertThatThrownBy(() -> invoke(function, "{}"))
                .isInstanceOf(EventFailed.class)
                .hasNoCause();

        assertThat(lines()).hasSize(2);
        assertThat(lines().getFirst().path("fault").asText()).isEqualTo("java.lang.NoClassDefFoundError");
        assertThat(lines().getLast().path("faults").asInt()).isEqualTo(1);
        assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain(SECRET);
    }

    @Test
    void startsNoCallToTheTableWhenItsTimeIsUp() throws IOException {
        Function function = function((_, _, out, _) -> {
            core.table().read(Keys.idempotencyRecord("none"));
            out.writeString("read");
        });
        assertThat(invoke(function, "{}")).isEqualTo("\"read\"");
        printed.reset();
        function.timeForStorage = Optional.of(Duration.ZERO);

        assertThatThrownBy(() -> invoke(function, "{}"))
                .isInstanceOf(EventFailed.class)
                .hasMessageContaining("again");

        assertThat(line().path("reason").asText()).isEqualTo("out of time");
        assertThat(line().path("dynamoDbCalls").asInt()).isZero();
    }

    @Test
    void asksToSendAgainWhenTheStorageIsUnavailable() throws IOException {
        Function function = function((_, _, _, _) -> {
            throw new Unavailable("throttled");
        });

        assertThatThrownBy(() -> invoke(function, "{}"))
                .isInstanceOf(EventFailed.class)
                .hasMessageContaining("again");

        assertThat(line().path("code").asText()).isEqualTo("unavailable");
        assertThat(line().path("reason").asText()).isEqualTo("throttled");
        assertThat(line().path("faults").asInt()).isEqualTo(1);
    }

    @Test
    void decidesAnewWhenChangesMeet() throws IOException {
        Caller ada = People.named("ada");
        AtomicInteger tries = new AtomicInteger();
        Function function = function((self, _, out, entry) -> {
            Tenant tenant = self.make(entry, () -> {
                if (tries.incrementAndGet() < 3) {
                    throw new Conflict();
                }
                Decision<Tenant> founded =
                        core.createTenant().run(ada, new NewTenant(new TenantName("Acme"), new DomainPrefix("acme")));
                return founded;
            });
            out.writeString(tenant.domainPrefix().value());
        });

        assertThat(invoke(function, "{}")).isEqualTo("\"acme\"");

        assertThat(line().path("attempts").asInt()).isEqualTo(3);
        assertThat(core.scope("acme").tenant()).isEqualTo(new DomainPrefix("acme"));
    }

    /// A hook that throws stops the version from being published. That there is no second one like this function,
    /// for there is no constructor, stands for whatever can be wrong.
    @Test
    void warnsOfWhatFailsBeforeASnapshot() throws IOException {
        Function function = function((_, _, _, _) -> {
            throw new AssertionError("is only a priming");
        });

        function.beforeCheckpoint(org.crac.Core.getGlobalContext());

        assertThat(line().path("level").asText()).isEqualTo("WARN");
        assertThat(line().path("requestId").asText()).isEqualTo("priming");
        assertThat(line().path("fault").asText()).isEqualTo("java.lang.NoSuchMethodException");
    }

    private Function function(Handling handling) {
        PrintStream original = System.out;
        // A function takes hold of standard output when it is made.
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            return new Function(handling);
        } finally {
            System.setOut(original);
        }
    }

    private static String invoke(Function function, String event) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        function.handleRequest(
                new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), out, new LambdaContext());
        return out.toString(StandardCharsets.UTF_8);
    }

    private JsonNode line() throws IOException {
        assertThat(lines()).hasSize(1);
        return lines().getFirst();
    }

    private List<JsonNode> lines() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<JsonNode> lines = new java.util.ArrayList<>();
        for (String line : printed.toString(StandardCharsets.UTF_8).lines().toList()) {
            lines.add(mapper.readTree(line));
        }
        return lines;
    }
}
