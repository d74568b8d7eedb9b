package dev.tenantry.tests.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.tests.openapi.OpenApi;
import dev.tenantry.tests.project.Project;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.regions.Region;

/// Every package, as it was deployed into an account of moto's by `.ci/trial-deployment`, under the runtime that Lambda
/// starts it with: it primes, is restored, and answers its sample events (docs/adr/0040).
@EnabledIfSystemProperty(
        named = Deployment.FILE,
        matches = ".+",
        disabledReason = "nothing is deployed; .ci/trial-deployment does it")
class TrialDeploymentTest {

    /// Metrics of which a line says nothing unless there is something to say, and no sample event brings that
    /// about.
    /// `StripeReceiverTest` holds the webhook's against the template.
    private static final Set<String> BROUGHT_ABOUT_BY_NO_SAMPLE =
            Set.of("limitsReached", "customersOfDeletedTenants", "unknownStatuses", "unreadableProducts");

    private static final OpenApi API = OpenApi.load();

    static List<Deployment.Function> functions() {
        return Deployment.of("prod").functions();
    }

    @Test
    void isOfEveryFunction() {
        assertThat(functions())
                .extracting(Deployment.Function::logicalId)
                .containsExactlyInAnyOrderElementsOf(Project.template().functions().stream()
                        .map(function -> function.logicalId())
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("functions")
    void answersItsEventsAfterARestore(Deployment.Function function, @TempDir Path folder) throws Exception {
        List<JsonNode> log = new ArrayList<>();
        for (Map.Entry<Map<String, String>, List<Path>> group :
                eventsBySettings(function).entrySet()) {
            Path own = Files.createDirectory(folder.resolve("process" + log.size()));
            log.addAll(answers(function, group.getKey(), group.getValue(), own));
        }
        assertThat(log).isNotEmpty();
        tellsWhatAlarmsWatch(function, log);
    }

    /// The sample events of a function, apart where an operator has set something otherwise.
    private static Map<Map<String, String>, List<Path>> eventsBySettings(Deployment.Function function) {
        String folder = function.logicalId().replace("Function", "").toLowerCase(Locale.ROOT) + "/";
        return Project.events().stream()
                .filter(file -> SampleEvent.name(file).startsWith(folder))
                .collect(Collectors.groupingBy(file -> SampleEvent.of(file).settings()));
    }

    /// @return the lines that the function has logged
    private static List<JsonNode> answers(
            Deployment.Function function, Map<String, String> settings, List<Path> events, Path folder)
            throws Exception {
        Deployment deployment = Deployment.of("prod");
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("STRIPE_API_BASE", Sandbox.Stripe.API_URI.toString());
        environment.put("NAME_SERVER", Sandbox.Dns.URI.toString());
        try (TrialAccount account = TrialAccount.of(deployment.endpoint(), function)) {
            environment.putAll(account.environment());
            try (ManagedRuntime runtime = ManagedRuntime.start(function, environment, folder)) {
                assertThat(logged(runtime.awaitSnapshot()))
                        .as("what it says while it primes")
                        .isEmpty();
                runtime.restore(account);
                for (Path file : events) {
                    answer(deployment, function, runtime, SampleEvent.of(file));
                }
                assertThat(account.refused()).as("what its role may not do").isEmpty();
                assertThat(runtime.keysHandedOut())
                        .as("how often it asks for keys after the restore")
                        // The fallback asks nobody for anything.
                        .isGreaterThanOrEqualTo(function.logicalId().equals("FallbackFunction") ? 0 : 1);
                return logged(runtime.printed());
            }
        }
    }

    private static void answer(
            Deployment deployment, Deployment.Function function, ManagedRuntime runtime, SampleEvent event)
            throws Exception {
        try (Sandbox sandbox = Sandbox.over(deployment.endpoint(), Region.of(function.region()), deployment.table())) {
            event.prepared(sandbox);
            byte[] answer = runtime.invoke(event.json());
            assertThat(answer).as(event.name()).hasSizeLessThanOrEqualTo(ManagedRuntime.RESPONSE_BYTES);
            try {
                event.check(API, withoutTrace(RuntimeApi.text(answer)));
            } catch (AssertionError e) {
                throw new AssertionError(event.name() + ": " + RuntimeApi.text(answer) + "\n" + runtime.printed(), e);
            }
        }
    }

    /// What a function throws comes with its trace, which says nothing to whoever invoked it.
    private static String withoutTrace(String answer) {
        Optional<JsonNode> error = Json.parse(answer).filter(json -> json.has("errorMessage"));
        return error.isPresent() ? Json.text(((ObjectNode) error.get()).retain("errorMessage", "errorType")) : answer;
    }

    /// The lines of JSON among those that a process has printed.
    private static List<JsonNode> logged(String printed) {
        return printed.lines()
                .filter(line -> line.startsWith("{"))
                .map(line -> Json.parse(line).orElseThrow(() -> new AssertionError("no JSON: " + line)))
                .toList();
    }

    /// Nobody notices an alarm about a metric that has another name, or other dimensions, than what is told.
    private static void tellsWhatAlarmsWatch(Deployment.Function function, List<JsonNode> log) {
        Map<String, Set<Map<String, String>>> told = new TreeMap<>();
        Set<String> namespaces = new HashSet<>();
        for (JsonNode line : log) {
            for (JsonNode metrics : line.at("/_aws/CloudWatchMetrics")) {
                namespaces.add(metrics.path("Namespace").asText());
                for (JsonNode metric : metrics.path("Metrics")) {
                    String name = metric.path("Name").asText();
                    assertThat(line.path(name).isNumber()).as(name).isTrue();
                    metrics.path("Dimensions")
                            .forEach(dimensions -> told.computeIfAbsent(name, _ -> new HashSet<>())
                                    .add(values(line, dimensions)));
                }
            }
        }
        Map<String, String> own = Map.of("function", function.name());
        assertThat(namespaces).isSubsetOf("Tenantry");
        assertThat(told)
                .allSatisfy(
                        (name, dimensions) -> assertThat(dimensions).as(name).containsExactly(own));
        for (Deployment.Alarm alarm : function.alarms()) {
            assertThat(alarm.namespace()).as(alarm.name()).isEqualTo("Tenantry");
            assertThat(alarm.dimensions()).as(alarm.name()).isEqualTo(own);
            // One that is 0 stands in the line and is not told (docs/adr/0038).
            if (!BROUGHT_ABOUT_BY_NO_SAMPLE.contains(alarm.metric())) {
                assertThat(log)
                        .as(alarm.name() + " watches " + alarm.metric() + ", of which the function says nothing")
                        .anyMatch(line -> line.path(alarm.metric()).isNumber());
            }
        }
    }

    private static Map<String, String> values(JsonNode line, JsonNode dimensions) {
        Map<String, String> values = new HashMap<>();
        dimensions.forEach(
                name -> values.put(name.asText(), line.path(name.asText()).asText()));
        return values;
    }
}
