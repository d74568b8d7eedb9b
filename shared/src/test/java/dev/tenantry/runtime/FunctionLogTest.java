package dev.tenantry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tenantry.refusal.Refusal.Unavailable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

class FunctionLogTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final FunctionLog log = new FunctionLog(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC),
            "AnyFunction");

    @Test
    void tellsWhatCausedAFault() throws IOException {
        log.fault(
                "request",
                new IllegalArgumentException(
                        "a body's words", SdkClientException.create("no route", new IOException("a secret"))));

        JsonNode line = line();
        assertThat(line.path("fault").asText()).isEqualTo("java.lang.IllegalArgumentException");
        assertThat(line.path("trace")).isNotEmpty();
        assertThat(line.path("causes").findValuesAsText("fault"))
                .containsExactly("software.amazon.awssdk.core.exception.SdkClientException", "java.io.IOException");
        assertThat(line.path("causes").get(0).path("message").asText()).isEqualTo("no route");
        assertThat(out.toString(StandardCharsets.UTF_8))
                .doesNotContain("a body's words")
                .doesNotContain("a secret");
    }

    @Test
    void tellsWhyTheStorageWasUnavailable() throws IOException {
        log.fault("request", new IllegalStateException("no usage", new Unavailable("throttled")));

        assertThat(line().path("causes").get(0).path("message").asText()).isEqualTo("throttled");
    }

    /// Nobody's invocation, so no metrics, and no error that an alarm would hear of.
    @Test
    void writesNothingButWarningsOfATwin() throws IOException {
        FunctionLog twin = new FunctionLog(System.out, Clock.systemUTC(), "Twin");
        twin.becomeSilent(log);

        twin.refusal("request", "m-1", "late", "is late");
        assertThat(out.size()).isZero();
        twin.fault("request", new IllegalStateException("a row is missing"));

        assertThat(line().path("level").asText()).isEqualTo("WARN");
        assertThat(line().path("message").asText()).isEqualTo("a row is missing");
    }

    @Test
    void comesToAnEndWhenCausesGoRoundInACircle() throws IOException {
        IllegalStateException first = new IllegalStateException("first");
        first.initCause(new IllegalStateException("second", first));

        log.fault("request", first);

        assertThat(line().path("causes")).hasSize(8);
    }

    private JsonNode line() throws IOException {
        return new JsonMapper().readTree(out.toByteArray());
    }
}
