package dev.tenantry.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.local.aws.http.Json;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// AWS Lambda API Reference, "Invoke".
class InvokeApiTest {

    private static final Service SERVICE = new Service(Optional.empty());

    @AfterAll
    static void stop() {
        SERVICE.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ProbeFunction",
                "ProbeFunction:live",
                "ProbeFunction:$LATEST",
                "ProbeFunction%3Alive",
                "000000000000:function:ProbeFunction",
                "arn:aws:lambda:us-east-1:000000000000:function:ProbeFunction",
                "arn%3Aaws%3Alambda%3Aeu-central-1%3A123456789012%3Afunction%3AProbeFunction%3Alive",
            })
    void findsAFunctionByEachFormOfItsName(String name) {
        HttpResponse<String> answer = invoke(name, "{\"probe\":\"context\"}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).path("functionName").asText()).isEqualTo("ProbeFunction");
        assertThat(answer.headers().firstValue("x-amz-executed-version")).contains("$LATEST");
        assertThat(answer.headers().firstValue("x-amz-function-error")).isEmpty();
    }

    @Test
    void tellsTheFunctionTheRequestIdThatItAnswers() {
        HttpResponse<String> answer = invoke("ProbeFunction", "{\"probe\":\"context\"}");
        assertThat(answer.headers().firstValue("x-amzn-requestid"))
                .contains(json(answer).path("requestId").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Nothing", "ProbeFunction:nothing", "no%20name"})
    void knowsNoOtherFunction(String name) {
        HttpResponse<String> answer = invoke(name, "{}");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("x-amzn-errortype")).contains("ResourceNotFoundException");
        assertThat(json(answer).path("Message").asText()).startsWith("Function not found: arn:aws:lambda:");
    }

    @Test
    void looksAtTheQualifierOfTheQueryToo() {
        assertThat(SERVICE.post(path("ProbeFunction") + "?Qualifier=nothing", "{}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(SERVICE.post(path("ProbeFunction") + "?Qualifier=live", "{}").statusCode())
                .isEqualTo(200);
    }

    @Test
    void reportsWhatAHandlerThrows() {
        HttpResponse<String> answer = invoke("ProbeFunction", "{\"probe\":\"throw\"}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-amz-function-error")).contains("Unhandled");
        assertThat(json(answer).path("errorType").asText()).isEqualTo("java.lang.IllegalStateException");
        assertThat(json(answer).path("errorMessage").asText()).isEqualTo("probed");
        assertThat(json(answer).path("stackTrace").isArray()).isTrue();
    }

    @Test
    void endsAHandlerAtItsTimeout() {
        HttpResponse<String> answer = invoke("ProbeFunction", "{\"probe\":\"hang\"}");
        assertThat(answer.headers().firstValue("x-amz-function-error")).contains("Unhandled");
        assertThat(json(answer).path("errorType").asText()).isEqualTo("Sandbox.Timedout");
        assertThat(json(answer).path("errorMessage").asText()).endsWith("Task timed out after 2.00 seconds");
    }

    @Test
    void answersAnEventAtOnce() {
        HttpResponse<String> answer =
                SERVICE.post(path("ProbeFunction"), "{\"probe\":\"hang\"}", "X-Amz-Invocation-Type", "Event");
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void runsNothingOnADryRun() {
        HttpResponse<String> answer =
                SERVICE.post(path("ProbeFunction"), "{\"probe\":\"throw\"}", "X-Amz-Invocation-Type", "DryRun");
        assertThat(answer.statusCode()).isEqualTo(204);
    }

    @Test
    void refusesAPayloadThatIsNoJson() {
        HttpResponse<String> answer = invoke("ProbeFunction", "{");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("x-amzn-errortype")).contains("InvalidRequestContentException");
    }

    @Test
    void takesNoPayloadForAnEmptyObject() {
        JsonNode answer = json(invoke("ProbeFunction", ""));
        assertThat(answer.path("body").asText()).isEqualTo("{}");
    }

    /// What Lambda lets through, and what it does not.
    @Test
    void refusesAnEventThatIsTooLarge() {
        assertThat(invoke("ProbeFunction", padded("context", 6_291_456)).statusCode())
                .isEqualTo(200);
        assertTooLarge(
                invoke("ProbeFunction", padded("context", 6_291_457)),
                "Request must be smaller than 6291456 bytes for the InvokeFunction operation");

        HttpResponse<String> asynchronous =
                SERVICE.post(path("ProbeFunction"), padded("context", 1_048_577), "X-Amz-Invocation-Type", "Event");
        assertTooLarge(
                asynchronous, "1048577 byte payload is too large for the Event invocation type (limit 1048576 bytes)");
        assertThat(SERVICE.post(path("ProbeFunction"), padded("context", 1_048_576), "X-Amz-Invocation-Type", "Event")
                        .statusCode())
                .isEqualTo(202);
    }

    private static void assertTooLarge(HttpResponse<String> answer, String message) {
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.headers().firstValue("x-amzn-errortype")).contains("RequestEntityTooLargeException");
        assertThat(json(answer).path("Message").asText()).isEqualTo(message);
    }

    @Test
    void failsAFunctionWhoseAnswerIsTooLarge() {
        HttpResponse<String> largest = invoke("ProbeFunction", "{\"probe\":\"answer\",\"bytes\":6291556}");
        assertThat(largest.headers().firstValue("x-amz-function-error")).isEmpty();
        assertThat(largest.body()).hasSize(6_291_556);

        HttpResponse<String> answer = invoke("ProbeFunction", "{\"probe\":\"answer\",\"bytes\":6291557}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-amz-function-error")).contains("Unhandled");
        assertThat(json(answer).path("errorType").asText()).isEqualTo("Function.ResponseSizeTooLarge");
        assertThat(json(answer).path("errorMessage").asText())
                .isEqualTo("Response payload size exceeded maximum allowed payload size (6291556 bytes).");
    }

    /// An event of so many bytes.
    private static String padded(String probe, int bytes) {
        String event = "{\"probe\":\"" + probe + "\",\"padding\":\"\"}";
        return event.replace("\"\"}", "\"" + "x".repeat(bytes - event.length()) + "\"}");
    }

    private static HttpResponse<String> invoke(String name, String payload) {
        return SERVICE.post(path(name), payload);
    }

    private static String path(String name) {
        return "/2015-03-31/functions/" + name + "/invocations";
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return Json.parse(answer.body()).orElseThrow();
    }
}
