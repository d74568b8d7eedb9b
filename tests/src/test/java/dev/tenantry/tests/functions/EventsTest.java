package dev.tenantry.tests.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.SNSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.template.FunctionDefinition;
import dev.tenantry.tests.openapi.OpenApi;
import dev.tenantry.tests.openapi.Operation;
import dev.tenantry.tests.project.Project;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The files under `events/`, each given to the function that its folder names.
class EventsTest {

    private static final OpenApi API = OpenApi.load();

    static List<Path> events() {
        return Project.events();
    }

    @ParameterizedTest
    @MethodSource("events")
    void answersASampleEventAsItsNameSays(Path file) {
        SampleEvent.of(file).check(API, Replay.of(file).answer());
    }

    static List<FunctionDefinition> functions() {
        return Project.template().functions();
    }

    /// Each function's policy in `template.yaml` against what it asks of DynamoDB when it answers its sample
    /// events. Here and not in [PermissionsTest], so that they are answered once for both.
    @ParameterizedTest
    @MethodSource("functions")
    void needsWhatItsFunctionIsAllowedAndNothingElse(FunctionDefinition function) {
        Set<String> used = new TreeSet<>();
        for (Path file : Project.events()) {
            if (SampleEvent.of(file).isFor(function)) {
                used.addAll(Replay.of(file).actions());
            }
        }
        assertThat(PermissionsTest.allowed(function)).isEqualTo(used);
    }

    /// By the classes that AWS publishes for its events, so that our own reading is not all that says what an event
    /// is.
    @ParameterizedTest
    @MethodSource("events")
    void isWhatAwsSaysThatItIs(Path file) {
        SampleEvent sample = SampleEvent.of(file);
        JsonNode json = Json.parse(sample.json()).orElseThrow();
        if (json.has("routeKey")) {
            APIGatewayV2HTTPEvent event = read(APIGatewayV2HTTPEvent.class, sample.json());
            assertThat(event.getVersion()).isEqualTo("2.0");
            assertThat(event.getRouteKey()).isEqualTo(sample.routeKey());
            assertThat(event.getRawPath()).isEqualTo(json.path("rawPath").asText());
            assertThat(event.getBody()).isEqualTo(json.path("body").textValue());
            assertThat(event.getIsBase64Encoded())
                    .isEqualTo(json.path("isBase64Encoded").asBoolean());
            assertThat(event.getHeaders()).isNotEmpty();
            assertThat(event.getRequestContext().getHttp().getMethod())
                    .isEqualTo(json.at("/requestContext/http/method").asText());
            assertThat(event.getRequestContext().getHttp().getSourceIp()).isNotBlank();
            if (event.getRequestContext().getAuthorizer() != null) {
                assertThat(event.getRequestContext().getAuthorizer().getJwt().getClaims())
                        .containsKey("sub");
            }
        } else if (json.at("/Records/0/eventSource").asText().equals("aws:dynamodb")) {
            DynamodbEvent event = read(DynamodbEvent.class, sample.json());
            assertThat(event.getRecords()).hasSameSizeAs(json.path("Records")).allSatisfy(change -> {
                assertThat(change.getEventName()).isIn("INSERT", "MODIFY", "REMOVE");
                assertThat(change.getDynamodb().getSequenceNumber()).isNotBlank();
                assertThat(change.getDynamodb().getKeys()).containsKeys("PK", "SK");
                assertThat(change.getDynamodb().getStreamViewType()).isEqualTo("NEW_IMAGE");
            });
        } else if (json.at("/Records/0/EventSource").asText().equals("aws:sns")) {
            SNSEvent event = read(SNSEvent.class, sample.json());
            assertThat(event.getRecords()).singleElement().satisfies(message -> {
                assertThat(message.getSNS().getMessage())
                        .isEqualTo(json.at("/Records/0/Sns/Message").asText());
                assertThat(message.getSNS().getTopicArn()).startsWith("arn:aws:sns:");
            });
        } else if (json.has("Records")) {
            SQSEvent event = read(SQSEvent.class, sample.json());
            assertThat(event.getRecords()).hasSameSizeAs(json.path("Records")).allSatisfy(message -> {
                assertThat(message.getMessageId()).isNotBlank();
                assertThat(message.getBody()).isNotBlank();
                assertThat(message.getEventSource()).isEqualTo("aws:sqs");
            });
        }
    }

    private static <T> T read(Class<T> type, String json) {
        return LambdaEventSerializers.serializerFor(type, EventsTest.class.getClassLoader())
                .fromJson(json);
    }

    @Test
    void hasAFileForEachExpectation() {
        assertThat(Project.events())
                .extracting(SampleEvent::name)
                .containsExactlyInAnyOrderElementsOf(SampleEvent.NAMES);
    }

    @Test
    void hasAnEventForEachOperation() {
        Set<String> routes = new HashSet<>();
        Project.events().forEach(file -> routes.add(SampleEvent.of(file).routeKey()));
        assertThat(routes)
                .containsAll(API.operations().stream().map(Operation::route).toList());
    }
}
