package dev.tenantry.tests.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.template.FunctionDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The policies in `template.yaml`, other than for DynamoDB: those [EventsTest] holds against what is asked of it.
class PermissionsTest {

    @Test
    void letsOnlyThoseMailWhoInviteAndOnlyFromTheSender() {
        Map<String, JsonNode> mail = new TreeMap<>();
        AgreementTest.template().path("Resources").properties().forEach(resource -> {
            for (JsonNode statement : statements(resource.getValue())) {
                if (isMail(statement)) {
                    mail.put(resource.getKey(), statement);
                }
            }
        });
        assertThat(mail).containsOnlyKeys("InvitesFunction", "OperatorFunction");
        assertThat(mail.values()).allSatisfy(statement -> {
            assertThat(AgreementTest.texts(statement.path("Action"))).containsExactly("ses:SendEmail");
            // SES asks for each receiver's identity as well while the account is in its sandbox, so it may be any of
            // this account and region; the condition alone says who it is from.
            assertThat(AgreementTest.texts(statement.path("Resource")))
                    .containsExactly(
                            "arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:identity/*",
                            "arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:configuration-set/"
                                    + "${MailConfiguration}");
            assertThat(Json.text(statement.path("Condition")))
                    .isEqualTo("{\"StringEquals\":{\"ses:FromAddress\":\"MailSender\"}}");
        });
    }

    @Test
    void letsOnlyThoseWhoNeedStripesKeysAskForThem() {
        Map<String, JsonNode> secrets = new TreeMap<>();
        AgreementTest.template().path("Resources").properties().forEach(resource -> {
            for (JsonNode statement : statements(resource.getValue())) {
                if (isSecret(statement)) {
                    secrets.put(resource.getKey(), statement);
                }
            }
        });
        assertThat(secrets).containsOnlyKeys("BillingFunction", "WebhookFunction");
        assertThat(secrets.values()).allSatisfy(statement -> {
            assertThat(AgreementTest.texts(statement.path("Action"))).containsExactly("secretsmanager:GetSecretValue");
            assertThat(statement.path("Resource").asText()).isEqualTo("StripeSecretId");
        });
    }

    /// A policy with half a name of nothing would be in the way of the deployment, or allow who knows what.
    @Test
    void allowsNothingThatIsLeftOut() {
        Map<String, String> optional = new TreeMap<>();
        AgreementTest.template().path("Resources").properties().forEach(resource -> {
            for (JsonNode policy : resource.getValue().path("Properties").path("Policies")) {
                for (JsonNode statement : policy.path("Statement")) {
                    if (statement.isArray()) {
                        assertThat(statement.path(2).asText()).isEqualTo("AWS::NoValue");
                        optional.put(resource.getKey(), statement.path(0).asText());
                    }
                }
            }
        });
        assertThat(optional)
                .isEqualTo(Map.of(
                        "InvitesFunction", "SendsMail",
                        "OperatorFunction", "SendsMail",
                        "BillingFunction", "Sells",
                        "WebhookFunction", "Sells"));
        // Without their tags: !Not [!Equals [!Ref …, ""]]
        JsonNode conditions = AgreementTest.template().path("Conditions");
        assertThat(conditions.at("/SendsMail/0/0").asText()).isEqualTo("MailSender");
        assertThat(conditions.at("/Sells/0/0").asText()).isEqualTo("StripeSecretId");
    }

    @Test
    void letsNobodyTellOfMailsButSes() {
        JsonNode policy = AgreementTest.template().at("/Resources/MailEventsPolicy");
        assertThat(policy.path("Condition").asText()).isEqualTo("SendsMail");
        assertThat(AgreementTest.texts(policy.at("/Properties/Topics"))).containsExactly("MailEvents");
        JsonNode statements = policy.at("/Properties/PolicyDocument/Statement");
        assertThat(statements).hasSize(1);
        JsonNode statement = statements.path(0);
        assertThat(Json.text(statement.path("Principal"))).isEqualTo("{\"Service\":\"ses.amazonaws.com\"}");
        assertThat(statement.path("Action").asText()).isEqualTo("sns:Publish");
        assertThat(statement.path("Resource").asText()).isEqualTo("MailEvents");
        assertThat(Json.text(statement.path("Condition")))
                .isEqualTo(
                        "{\"StringEquals\":{\"aws:SourceAccount\":\"AWS::AccountId\",\"aws:SourceArn\":"
                                + "\"arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:configuration-set/${MailConfiguration}\"}}");
    }

    @Test
    void letsTheBrokerAskAboutChargersAndSendUsageAndNothingElse() {
        Map<String, String> allowed = new TreeMap<>();
        AgreementTest.template().path("Resources").properties().forEach(resource -> {
            if (resource.getValue().path("Type").asText().equals("AWS::IAM::ManagedPolicy")) {
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

    /// Besides those of functions: who keeps them active, and who leads their traffic over to new versions.
    @Test
    void hasNoOtherRolesThanItNeeds() {
        Map<String, String> roles = new TreeMap<>();
        AgreementTest.template().path("Resources").properties().forEach(resource -> {
            if (resource.getValue().path("Type").asText().equals("AWS::IAM::Role")) {
                roles.put(
                        resource.getKey(),
                        resource.getValue()
                                .at("/Properties/AssumeRolePolicyDocument/Statement/0/Principal/Service")
                                .asText());
            }
        });
        assertThat(roles)
                .isEqualTo(Map.of(
                        "DeploymentRole", "codedeploy.amazonaws.com", "KeepActiveRole", "scheduler.amazonaws.com"));
        JsonNode keeps = AgreementTest.template().at("/Resources/KeepActiveRole/Properties/Policies");
        assertThat(keeps).hasSize(1);
        assertThat(keeps.at("/0/PolicyDocument/Statement")).hasSize(1);
        assertThat(AgreementTest.texts(keeps.at("/0/PolicyDocument/Statement/0/Action")))
                .containsExactly("lambda:InvokeFunction");
    }

    @Test
    void letsOnlyOneTellTheBusAndNoOtherBus() {
        Map<String, JsonNode> telling = new TreeMap<>();
        AgreementTest.template().path("Resources").properties().forEach(resource -> {
            for (JsonNode statement : statements(resource.getValue())) {
                if (isBus(statement)) {
                    telling.put(resource.getKey(), statement);
                }
            }
        });
        assertThat(telling).containsOnlyKeys("ChangeEventsFunction");
        assertThat(telling.values()).allSatisfy(statement -> {
            assertThat(AgreementTest.texts(statement.path("Action"))).containsExactly("events:PutEvents");
            assertThat(statement.path("Resource").asText()).isEqualTo("EventBus.Arn");
        });
    }

    /// Those that stand under a condition, too.
    private static List<JsonNode> statements(JsonNode resource) {
        List<JsonNode> statements = new ArrayList<>();
        for (JsonNode policy : resource.path("Properties").path("Policies")) {
            for (JsonNode statement : policy.path("Statement")) {
                statements.add(statement.isArray() ? statement.path(1) : statement);
            }
        }
        return statements;
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
        for (JsonNode statement :
                statements(AgreementTest.template().path("Resources").path(function.logicalId()))) {
            assertThat(statement.path("Effect").asText()).isEqualTo("Allow");
            if (isMail(statement) || isSecret(statement) || isBus(statement)) {
                continue;
            }
            // The stack's own table, or the one that it was told to use instead.
            assertThat(Json.text(statement.path("Resource")))
                    .isEqualTo("[\"HasOwnTable\",\"Table.Arn\",\"arn:${AWS::Partition}:dynamodb:${AWS::Region}:"
                            + "${AWS::AccountId}:table/${ExistingTableName}\"]");
            actions.addAll(AgreementTest.texts(statement.path("Action")));
        }
        return actions;
    }
}
