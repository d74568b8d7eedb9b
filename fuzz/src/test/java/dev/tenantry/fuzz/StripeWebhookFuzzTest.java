package dev.tenantry.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.functions.webhook.WebhookHandler;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.stripe.Webhooks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Messages to Stripe's webhook: a line with the header `Stripe-Signature`, and the body after it. In the header
/// `@t-3` is the time of three seconds ago, and `@v` the signature of this body and the first such time; `@w` is one
/// with another secret.
class StripeWebhookFuzzTest {

    private static final Deployment DEPLOYMENT = new Deployment();
    private static final WebhookHandler WEBHOOK = DEPLOYMENT.function("WebhookFunction", WebhookHandler::new);
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final Pattern TIME = Pattern.compile("@t([+-][0-9]{1,6})?");

    static Stream<byte[]> messages() {
        List<byte[]> bodies = SampleEvents.of("webhook")
                .map(event -> event.path("isBase64Encoded").asBoolean()
                        ? Base64.getDecoder().decode(event.path("body").asText())
                        : event.path("body").asText().getBytes(UTF_8))
                .toList();
        return Stream.of(
                        "t=@t,v1=@v", "t=@t-299,v1=@w,v1=@v,v0=@v", "t=@t-302,v1=@v", "t=@t,v1=@w", "t=@t,t=@t-1,v1=@v")
                .flatMap(header -> bodies.stream().map(body -> message(header, body)));
    }

    static Stream<byte[]> slightlyWrongMessages() {
        return Mutations.of(messages());
    }

    @MethodSource("messages")
    @FuzzTest
    void actsOnNothingThatStripeHasNotSigned(byte[] message) {
        deliver(message);
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("slightlyWrongMessages")
    void actsOnNothingUnsignedOfSlightlyWrongMessages(byte[] message) {
        deliver(message);
    }

    private static byte[] message(String header, byte[] body) {
        byte[] line = (header + "\n").getBytes(UTF_8);
        byte[] message = Arrays.copyOf(line, line.length + body.length);
        System.arraycopy(body, 0, message, line.length, body.length);
        return message;
    }

    private static void deliver(byte[] message) {
        int end = 0;
        while (end < message.length && message[end] != '\n') {
            end++;
        }
        byte[] body = Arrays.copyOfRange(message, Math.min(message.length, end + 1), message.length);
        Instant now = Clock.systemUTC().instant();
        String header = header(new String(message, 0, end, UTF_8), body, now);

        String text = DEPLOYMENT.invoke(WEBHOOK, Json.text(event(header, body)).getBytes(UTF_8));
        Deployment.Effects effects = DEPLOYMENT.takeBack();
        int status = HttpAnswer.checked(text, RequestText.REQUEST_ID, DEPLOYMENT.log())
                .status();
        assertThat(status).withFailMessage(() -> text + "\n" + DEPLOYMENT.log()).isLessThan(500);
        if (!isGenuine(header, body, now)) {
            assertThat(status).isIn(400, 413);
            assertThat(effects.isNone()).isTrue();
        }
        assertThat(DEPLOYMENT.ofTheOtherTenant(effects)).isEmpty();
    }

    private static String header(String line, byte[] body, Instant now) {
        Matcher times = TIME.matcher(line);
        Instant first = times.find() ? time(times, now) : now;
        String told = times.reset()
                .replaceAll(time -> Long.toString(
                        now.getEpochSecond() + (time.group(1) == null ? 0 : Long.parseLong(time.group(1)))));
        return told.replace("@v", signature(Deployment.WEBHOOK_SECRET, first, body))
                .replace("@w", signature("whsec_another", first, body));
    }

    private static Instant time(Matcher time, Instant now) {
        return time.group(1) == null ? now : now.plusSeconds(Long.parseLong(time.group(1)));
    }

    private static String signature(String secret, Instant at, byte[] body) {
        String whole = Webhooks.signature(secret, at, new String(body, UTF_8));
        return whole.substring(whole.indexOf("v1=") + 3);
    }

    private static ObjectNode event(String header, byte[] body) {
        ObjectNode event = RequestText.event("POST /stripe/webhook\n/stripe/webhook\n\n".getBytes(UTF_8));
        event.withObject("/headers").put("stripe-signature", header);
        return event.put("body", Base64.getEncoder().encodeToString(body)).put("isBase64Encoded", true);
    }

    /// As Stripe says it is to be checked ("Webhooks": verify signatures manually), told by other means: one time,
    /// not further off than five minutes, and a signature of it and the body.
    private static boolean isGenuine(String header, byte[] body, Instant now) {
        List<String> parts = List.of(header.split(",", -1));
        List<String> times =
                parts.stream().filter(part -> part.matches("t=[0-9]{1,12}")).toList();
        if (times.size() != 1) {
            return false;
        }
        Instant at = Instant.ofEpochSecond(Long.parseLong(times.getFirst().substring(2)));
        // A second more: the function looks at the clock later.
        return Duration.between(at, now).abs().compareTo(TOLERANCE.plusSeconds(1)) <= 0
                && parts.contains("v1=" + signature(Deployment.WEBHOOK_SECRET, at, body));
    }
}
