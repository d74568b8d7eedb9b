package dev.tenantry.tests.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.local.aws.http.Json;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Versions that Lambda publishes while something is wrong, under the runtime that it starts them with: whatever it is,
/// it may be right by the first invocation. The stack is one with neither mail nor Stripe.
@EnabledIfSystemProperty(
        named = Deployment.FILE,
        matches = ".+",
        disabledReason = "nothing is deployed; .ci/trial-deployment does it")
class PublishedVersionsTest {

    /// A name of nobody's (RFC 2606, section 2).
    private static final String NOWHERE = "http://dynamodb.invalid";

    private static final List<String> FAULTS = List.of("AccessDeniedException", NOWHERE, "ResourceNotFoundException");

    private static final String KEEP_ACTIVE = "{\"keepActive\":true}";

    /// Each function meets a DynamoDB that is not there, or one that refuses for one reason or another, in turns.
    /// `PrimingTest` has all of them meet all of that.
    static Stream<Arguments> faults() {
        List<Deployment.Function> functions = Deployment.of("dev").functions();
        return IntStream.range(0, functions.size())
                .boxed()
                .map(i -> Arguments.of(functions.get(i), FAULTS.get(i % FAULTS.size())));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void comeUp(Deployment.Function function, String fault, @TempDir Path folder) throws Exception {
        Deployment deployment = Deployment.of("dev");
        try (TrialAccount account = TrialAccount.of(deployment.endpoint(), function)) {
            Map<String, String> environment = new HashMap<>(account.environment());
            if (fault.equals(NOWHERE)) {
                environment.put("AWS_ENDPOINT_URL_DYNAMODB", NOWHERE);
            } else {
                account.refuse(Optional.of(fault));
            }
            try (ManagedRuntime runtime = ManagedRuntime.start(function, environment, folder)) {
                List<String> lines = runtime.awaitSnapshot()
                        .lines()
                        .filter(line -> line.startsWith("{"))
                        .toList();
                // It was met, and said; an error would ring an alarm at a deployment.
                assertThat(lines)
                        .hasSize(meets(function, fault) ? 1 : 0)
                        .allSatisfy(line -> assertThat(line).startsWith("{\"level\":\"WARN\""));
                account.refuse(Optional.empty());
                runtime.restore(account);
                assertThat(Json.parse(RuntimeApi.text(runtime.invoke(KEEP_ACTIVE)))
                                .orElseThrow()
                                .path("active")
                                .asBoolean())
                        .isTrue();
            }
        }
    }

    /// The fallback asks nobody, and the function of change events a bus instead of a table.
    private static boolean meets(Deployment.Function function, String fault) {
        return switch (function.logicalId()) {
            case "FallbackFunction" -> false;
            case "ChangeEventsFunction" -> !fault.equals(NOWHERE);
            default -> true;
        };
    }
}
