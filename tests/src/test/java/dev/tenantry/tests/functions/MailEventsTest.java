package dev.tenantry.tests.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.events.EventFailed;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.runtime.LambdaFunction;
import dev.tenantry.tests.project.Project;
import java.net.URI;
import org.junit.jupiter.api.Test;

/// What the function of mail events does with what a topic hands over.
class MailEventsTest {

    private static final SampleEvent BOUNCE = sample("bounce");

    @Test
    void marksOnceHoweverOftenItIsTold() {
        try (Sandbox sandbox = BOUNCE.sandbox()) {
            assertThat(sandbox.invoke(BOUNCE.function(), BOUNCE.json()))
                    .isEqualTo("{\"marked\":1,\"repeated\":0,\"passed\":0,\"ignored\":0}");
            int rows = sandbox.rows();
            // A complaint about a mail that bounced is nothing new either.
            for (String again : new String[] {"bounce", "complaint"}) {
                assertThat(sandbox.invoke(BOUNCE.function(), sample(again).json()))
                        .isEqualTo("{\"marked\":0,\"repeated\":1,\"passed\":0,\"ignored\":0}");
            }
            assertThat(sandbox.rows()).isEqualTo(rows);
        }
    }

    @Test
    void isNotHeldUpByWhatItCanNotRead() {
        ObjectNode event = (ObjectNode) Json.parse(BOUNCE.json()).orElseThrow();
        event.withArray("Records")
                .insert(0, Json.parse(sample("no-event").json()).orElseThrow().at("/Records/0"));
        try (Sandbox sandbox = BOUNCE.sandbox();
                CapturedOutput output = CapturedOutput.begin()) {
            String answer = Sandbox.invoke(sandbox.handler(BOUNCE.function()), Json.text(event));

            assertThat(answer).contains("/Records/0/Sns/Message must be an event of Amazon SES");
            assertThat(output.lines())
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .contains("\"code\":\"malformed_event\"")
                            .contains("\"malformedEvents\":1")
                            .contains("\"invitesBounced\":1"));
        }
    }

    @Test
    void logsNoAddressAndNoDigest() {
        try (Sandbox sandbox = BOUNCE.sandbox();
                CapturedOutput output = CapturedOutput.begin()) {
            LambdaFunction handler = sandbox.handler(BOUNCE.function());
            for (String name : new String[] {"bounce", "complaint", "transient-bounce", "new-topic", "no-event"}) {
                Sandbox.invoke(handler, sample(name).json());
            }
            assertThat(output.lines())
                    .hasSize(5)
                    .allSatisfy(line -> assertThat(line)
                            .contains("\"event\":\"mail\"")
                            .doesNotContain("hedy")
                            .doesNotContain("example.com")
                            .doesNotContain("somebody else")
                            .doesNotContainPattern("[0-9a-f]{64}"));
        }
    }

    /// So that Lambda tries again, and then puts it where somebody looks.
    @Test
    void failsWhereTheTableIsOutOfReach() {
        try (CapturedOutput _ = CapturedOutput.begin()) {
            LambdaFunction handler = Sandbox.handler(BOUNCE.function(), URI.create("http://127.0.0.1:9"));
            assertThatThrownBy(() -> Sandbox.invoke(handler, BOUNCE.json())).isInstanceOf(EventFailed.class);
        }
    }

    private static SampleEvent sample(String name) {
        return SampleEvent.of(Project.root().resolve("events/mailevents/" + name + ".json"));
    }
}
