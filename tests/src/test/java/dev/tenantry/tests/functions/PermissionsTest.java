package dev.tenantry.tests.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.local.aws.template.FunctionDefinition;
import dev.tenantry.runtime.LambdaFunction;
import dev.tenantry.tests.project.Project;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each function's policy in `template.yaml` against what it asks of DynamoDB when it answers its sample events, each
/// of them twice so that repetitions are met as well.
class PermissionsTest {

    static List<FunctionDefinition> functions() {
        return Project.template().functions();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void allowsWhatTheFunctionDoesAndNothingElse(FunctionDefinition function) throws IOException {
        Set<String> used = new TreeSet<>();
        for (Path file : Project.events()) {
            SampleEvent event = SampleEvent.of(file);
            if (event.function().equals(function)) {
                try (Sandbox sandbox = event.sandbox();
                        RecordedDynamoDb dynamoDb = RecordedDynamoDb.before(sandbox.dynamoDbUri());
                        CapturedOutput _ = CapturedOutput.begin()) {
                    LambdaFunction handler = Sandbox.handler(function, dynamoDb.uri());
                    Sandbox.invoke(handler, event.json());
                    Sandbox.invoke(handler, event.json());
                    used.addAll(dynamoDb.actions());
                }
            }
        }
        assertThat(allowed(function)).isEqualTo(used);
    }

    @Test
    void letsOnlyInvitesBeMailedAndOnlyFromTheSender() {
        List<JsonNode> mail = new ArrayList<>();
        AgreementTest.template().path("Resources").properties().forEach(resource -> {
            for (JsonNode policy : resource.getValue().path("Properties").path("Policies")) {
                for (JsonNode statement : policy.path("Statement")) {
                    if (isMail(statement)) {
                        assertThat(resource.getKey()).isEqualTo("InvitesFunction");
                        mail.add(statement);
                    }
                }
            }
        });
        assertThat(mail).singleElement().satisfies(statement -> {
            assertThat(AgreementTest.texts(statement.path("Action"))).containsExactly("ses:SendEmail");
            assertThat(statement.path("Resource").asText()).endsWith(":identity/${MailIdentity}");
            assertThat(statement.at("/Condition/StringEquals/ses:FromAddress").asText())
                    .isEqualTo("MailSender");
        });
    }

    @Test
    void letsOnlyThoseWhoNeedStripesKeysAskForThem() {
        Map<String, JsonNode> secrets = new TreeMap<>();
        AgreementTest.template().path("Resources").properties().forEach(resource -> {
            for (JsonNode policy : resource.getValue().path("Properties").path("Policies")) {
                for (JsonNode statement : policy.path("Statement")) {
                    if (isSecret(statement)) {
                        secrets.put(resource.getKey(), statement);
                    }
                }
            }
        });
        assertThat(secrets).containsOnlyKeys("BillingFunction", "WebhookFunction");
        assertThat(secrets.values()).allSatisfy(statement -> {
            assertThat(AgreementTest.texts(statement.path("Action"))).containsExactly("secretsmanager:GetSecretValue");
            assertThat(statement.path("Resource").asText()).isEqualTo("StripeSecretId");
        });
    }

    @Test
    void letsTheBrokerAskAboutChargersAndSendUsageAndNothingElse() {
        Map<String, String> allowed = new TreeMap<>();
        AgreementTest.template().path("Resources").properties().forEach(resource -> {
            if (resource.getValue().path("Type").asText().startsWith("AWS::IAM::")) {
                JsonNode statements = resource.getValue().at("/Properties/PolicyDocument/Statement");
                assertThat(statements).hasSize(1);
                JsonNode statement = statements.path(0);
                allowed.put(
                        String.join(",", AgreementTest.texts(statement.path("Action"))),
                        statement.path("Resource").asText());
            }
            assertThat(resource.getValue().path("Type").asText()).isNotEqualTo("AWS::Lambda::Permission");
        });
        assertThat(allowed)
                .isEqualTo(Map.of(
                        "lambda:InvokeFunction", "ChargerConnectFunction.Alias", "sqs:SendMessage", "UsageQueue.Arn"));
    }

    @Test
    void letsOnlyOneTellTheBusAndNoOtherBus() {
        Map<String, JsonNode> telling = new TreeMap<>();
        AgreementTest.template().path("Resources").properties().forEach(resource -> {
            for (JsonNode policy : resource.getValue().path("Properties").path("Policies")) {
                for (JsonNode statement : policy.path("Statement")) {
                    if (isBus(statement)) {
                        telling.put(resource.getKey(), statement);
                    }
                }
            }
        });
        assertThat(telling).containsOnlyKeys("ChangeEventsFunction");
        assertThat(telling.values()).allSatisfy(statement -> {
            assertThat(AgreementTest.texts(statement.path("Action"))).containsExactly("events:PutEvents");
            assertThat(statement.path("Resource").asText()).isEqualTo("EventBus.Arn");
        });
    }

    private static boolean isBus(JsonNode statement) {
        return AgreementTest.texts(statement.path("Action")).stream().anyMatch(action -> action.startsWith("events:"));
    }

    private static boolean isSecret(JsonNode statement) {
        return AgreementTest.texts(statement.path("Action")).stream()
                .anyMatch(action -> action.startsWith("secretsmanager:"));
    }

    private static boolean isMail(JsonNode statement) {
        return AgreementTest.texts(statement.path("Action")).stream().anyMatch(action -> action.startsWith("ses:"));
    }

    static Set<String> allowed(FunctionDefinition function) {
        Set<String> actions = new TreeSet<>();
        JsonNode policies = AgreementTest.template()
                .path("Resources")
                .path(function.logicalId())
                .path("Properties")
                .path("Policies");
        for (JsonNode policy : policies) {
            for (JsonNode statement : policy.path("Statement")) {
                assertThat(statement.path("Effect").asText()).isEqualTo("Allow");
                if (isMail(statement) || isSecret(statement) || isBus(statement)) {
                    continue;
                }
                assertThat(statement.path("Resource").asText()).isEqualTo("Table.Arn");
                actions.addAll(AgreementTest.texts(statement.path("Action")));
            }
        }
        return actions;
    }
}
