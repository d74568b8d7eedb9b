package dev.tenantry.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.functions.chargers.ChargersHandler;
import dev.tenantry.functions.invites.InvitesHandler;
import dev.tenantry.functions.ips.IpsHandler;
import dev.tenantry.functions.metrics.MetricsHandler;
import dev.tenantry.functions.profiles.ProfilesHandler;
import dev.tenantry.functions.tenants.TenantsHandler;
import dev.tenantry.http.ApiFunction;
import dev.tenantry.http.HttpEvent;
import dev.tenantry.local.aws.http.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Requests to the HTTP API that anybody could send, and events that nobody does.
class HttpCoreFuzzTest {

    private static final Deployment DEPLOYMENT = new Deployment();
    private static final ApiFunction TENANTS = DEPLOYMENT.function("TenantsFunction", TenantsHandler::new);
    private static final Map<String, ApiFunction> BY_ROUTE = new HashMap<>();

    static {
        for (ApiFunction function : List.of(
                TENANTS,
                DEPLOYMENT.function("IpsFunction", IpsHandler::new),
                DEPLOYMENT.function("ProfilesFunction", ProfilesHandler::new),
                DEPLOYMENT.function("ChargersFunction", ChargersHandler::new),
                DEPLOYMENT.function("InvitesFunction", InvitesHandler::new),
                DEPLOYMENT.function("MetricsFunction", MetricsHandler::new))) {
            function.routes().keys().forEach(key -> BY_ROUTE.put(key, function));
        }
    }

    static Stream<byte[]> requests() {
        return Stream.of("tenants", "ips", "profiles", "chargers", "invites", "metrics")
                .flatMap(SampleEvents::of)
                .map(RequestText::of);
    }

    static Stream<byte[]> slightlyWrongRequests() {
        return Mutations.of(requests());
    }

    static Stream<byte[]> slightlyWrongEvents() {
        return Mutations.of(SampleEvents.of("ips").map(event -> Json.text(event).getBytes(UTF_8)));
    }

    @MethodSource("requests")
    @FuzzTest
    void answersAnyRequestAndTouchesNobodyElse(byte[] request) {
        answer(request);
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("slightlyWrongRequests")
    void answersAnySlightlyWrongRequest(byte[] request) {
        answer(request);
    }

    @FuzzTest
    void answersAnyEvent(byte[] event) {
        answerEvent(event);
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("slightlyWrongEvents")
    void answersAnySlightlyWrongEvent(byte[] event) {
        answerEvent(event);
    }

    private static void answer(byte[] request) {
        ObjectNode event = RequestText.event(request);
        String route = event.path("routeKey").asText();
        String answer = answer(route, Json.text(event).getBytes(UTF_8), RequestText.REQUEST_ID, 499);
        if (!new String(request, UTF_8).contains(Deployment.CANARY)) {
            assertThat(answer).doesNotContain(Deployment.CANARY);
        }
    }

    /// What the gateway never sends is answered with a bare 500.
    private static void answerEvent(byte[] bytes) {
        Optional<HttpEvent> event = read(bytes);
        answer(
                event.map(HttpEvent::routeKey).orElse(""),
                bytes,
                event.map(HttpEvent::requestId).orElse("aws-request"),
                event.filter(HttpCoreFuzzTest::hasItsParameters).isPresent() ? 499 : 500);
    }

    private static boolean hasItsParameters(HttpEvent event) {
        return event.parameters().keySet().containsAll(RequestText.parametersOf(event.routeKey()));
    }

    private static Optional<HttpEvent> read(byte[] event) {
        try {
            return Optional.of(HttpEvent.read(new ByteArrayInputStream(event)));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static String answer(String route, byte[] event, String requestId, int greatestStatus) {
        String answer = DEPLOYMENT.invoke(BY_ROUTE.getOrDefault(route, TENANTS), event);
        Deployment.Effects effects = DEPLOYMENT.takeBack();
        int status = HttpAnswer.checked(answer, requestId, DEPLOYMENT.log()).status();
        assertThat(status)
                .withFailMessage(() -> answer + "\n" + DEPLOYMENT.log())
                .isLessThanOrEqualTo(greatestStatus);
        assertThat(DEPLOYMENT.ofTheOtherTenant(effects)).isEmpty();
        return answer;
    }
}
