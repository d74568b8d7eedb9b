package dev.tenantry.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.chargers.Reason;
import dev.tenantry.events.EventFailed;
import dev.tenantry.events.MalformedEvent;
import dev.tenantry.functions.chargerconnect.ChargerConnectHandler;
import dev.tenantry.local.aws.http.Json;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What chargers say, in the broker's JSON, and what is no JSON of the broker's.
class ChargerConnectFuzzTest {

    private static final Deployment DEPLOYMENT = new Deployment();
    private static final ChargerConnectHandler CONNECT =
            DEPLOYMENT.function("ChargerConnectFunction", ChargerConnectHandler::new);
    private static final Set<String> REASONS =
            Arrays.stream(Reason.values()).map(Reason::text).collect(Collectors.toSet());

    static Stream<byte[]> events() {
        return SampleEvents.of("chargerconnect").map(event -> Json.text(event).getBytes(UTF_8));
    }

    static Stream<byte[]> lines() {
        return SampleEvents.of("chargerconnect").map(BrokerText::of);
    }

    static Stream<byte[]> slightlyWrongEvents() {
        return Mutations.of(events());
    }

    static Stream<byte[]> slightlyWrongLines() {
        return Mutations.of(lines());
    }

    @MethodSource("events")
    @FuzzTest
    void answersAnyEventOrSaysWhatIsWrongWithIt(byte[] event) {
        answer(event);
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("slightlyWrongEvents")
    void answersAnySlightlyWrongEvent(byte[] event) {
        answer(event);
    }

    @MethodSource("lines")
    @FuzzTest
    void answersWhateverChargersSay(byte[] lines) {
        answer(Json.text(BrokerText.event(lines)).getBytes(UTF_8));
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("slightlyWrongLines")
    void answersWhateverSlightlyWrongChargersSay(byte[] lines) {
        answer(Json.text(BrokerText.event(lines)).getBytes(UTF_8));
    }

    private static void answer(byte[] event) {
        String text;
        try {
            text = DEPLOYMENT.invoke(CONNECT, event);
        } catch (MalformedEvent e) {
            assertThat(e.faults()).isNotEmpty();
            assertThat(DEPLOYMENT.takeBack().isNone()).isTrue();
            return;
        } catch (EventFailed e) {
            throw new AssertionError(DEPLOYMENT.log(), e);
        }
        DEPLOYMENT.takeBack();
        JsonNode answer = Json.parse(text).orElseThrow(() -> new AssertionError("no JSON: " + text));
        if (answer.has("answers")) {
            // It is nested more deeply than this reader goes, if it has none.
            Json.parse(new String(event, UTF_8))
                    .ifPresent(batch -> assertThat(answer.path("answers").size())
                            .isEqualTo(batch.path("events").size()));
            answer.path("answers").forEach(each -> {
                if (each.has("error")) {
                    // Another try would come to the same.
                    assertThat(each.path("retry").asBoolean(true))
                            .as(DEPLOYMENT.log())
                            .isFalse();
                } else {
                    checkDecision(each);
                }
            });
        } else {
            checkDecision(answer);
        }
    }

    private static void checkDecision(JsonNode answer) {
        if (answer.path("decision").asText().equals("rejected")) {
            assertThat(answer.path("reason").asText()).isIn(REASONS);
        } else {
            assertThat(answer.path("decision").asText()).isEqualTo("accepted");
            assertThat(answer.path("chargerId").isIntegralNumber()).isTrue();
        }
    }
}
