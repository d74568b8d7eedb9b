package dev.tenantry.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.storage.Change;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Decision;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.DynamoDbLocal;
import dev.tenantry.testing.LambdaContext;
import dev.tenantry.testing.TestClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WebhookFunctionTest {

    private static final String EVENT = """
            {"version": "2.0", "routeKey": "POST /hook", "rawPath": "/hook", "body": "news",
             "requestContext": {"requestId": "r", "http": {"method": "POST", "sourceIp": "192.0.2.1"}}}
            """;

    private final TestClock clock = new TestClock();
    private final Core core = Core.over(DynamoDbLocal.client(), clock);
    private final List<Instant> told = new ArrayList<>();
    private int conflicts;

    private final class Hook extends WebhookFunction<String> {
        Hook() {
            super(core.context(), "POST /hook", new Receiver<>() {
                @Override
                public String read(byte[] body, Headers headers, Instant received) {
                    told.add(received);
                    clock.advance(Duration.ofSeconds(1));
                    return new String(body, StandardCharsets.UTF_8);
                }

                @Override
                public Map<String, String> ids(String message) {
                    return Map.of();
                }

                @Override
                public SignedMessage priming(Instant now) {
                    return new SignedMessage("", "signature", "");
                }

                @Override
                public Decision<Receipt> act(String message, String requestId, Instant received) {
                    told.add(received);
                    clock.advance(Duration.ofSeconds(1));
                    if (conflicts-- > 0) {
                        throw new Conflict();
                    }
                    return new Decision<>(new Receipt("done", Optional.empty(), List.of()), Change.empty());
                }
            });
        }
    }

    /// The time that the other side has must not begin anew with each attempt.
    @Test
    void tellsEveryAttemptWhenTheMessageCame() throws IOException {
        Instant received = clock.instant();
        conflicts = 2;

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Hook()
                .handleRequest(
                        new ByteArrayInputStream(EVENT.getBytes(StandardCharsets.UTF_8)), out, new LambdaContext());

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"statusCode\":200");
        assertThat(told).hasSize(4).containsOnly(received);
    }
}
