package dev.tenantry.tests.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.runtime.LambdaFunction;
import dev.tenantry.tests.project.Project;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What alarms about strangers rest on: refusals that tell of somebody who tries what they may not are counted, others
/// are not.
class AbuseMetricsTest {

    @ParameterizedTest
    @CsvSource({
        "chargerconnect/connect-bad-credentials, credentialsRefused, 1",
        "chargerconnect/connect-too-many-attempts, credentialsRefused, 1",
        "chargerconnect/connect-unknown-charger, credentialsRefused, 0",
        "chargerconnect/connect, credentialsRefused, 0",
        "invites/create-invite-too-soon, limitsReached, 1",
        "profiles/create-profile-limit, limitsReached, 1",
        "profiles/create-profile-invalid, limitsReached, 0",
        "invites/create-invite, limitsReached, 0"
    })
    void countsWhatIsTried(String name, String metric, int count) {
        SampleEvent sample = SampleEvent.of(Project.root().resolve("events/" + name + ".json"));
        try (Sandbox sandbox = sample.sandbox();
                CapturedOutput output = CapturedOutput.begin()) {
            LambdaFunction handler = sandbox.handler(sample.function());
            Sandbox.invoke(handler, sample.json());
            JsonNode line = Json.parse(output.lines().getLast()).orElseThrow();
            assertThat(line.path(metric).asInt()).isEqualTo(count);
            assertThat(line.at("/_aws/CloudWatchMetrics/0/Metrics")
                            .findValuesAsText("Name")
                            .contains(metric))
                    .isEqualTo(count > 0);
        }
    }
}
