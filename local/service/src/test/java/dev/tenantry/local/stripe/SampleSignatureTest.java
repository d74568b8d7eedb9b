package dev.tenantry.local.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Body;
import dev.tenantry.local.aws.http.Fields;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.http.Request;
import dev.tenantry.local.aws.http.Response;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleSignatureTest {

    private static final String SECRET = "whsec_of_a_test";
    private static final Instant NOW = Instant.parse("2026-11-27T08:00:00Z");
    private static final String BODY = "{\"id\":\"evt_1\",\"name\":\"Zoë\"}";
    private static final String SIGNED = Webhooks.signature(SECRET, NOW, BODY);

    private final SampleSignature signature = new SampleSignature(SECRET, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void signsAnEventThatAsksForIt() {
        assertThat(signatureOf(signature.sign(event(SampleSignature.PLACEHOLDER, BODY, false))))
                .isEqualTo(SIGNED);
    }

    @Test
    void signsTheBytesThatAreSent() {
        String encoded = Base64.getEncoder().encodeToString(BODY.getBytes(StandardCharsets.UTF_8));
        assertThat(signatureOf(signature.sign(event(SampleSignature.PLACEHOLDER, encoded, true))))
                .isEqualTo(SIGNED);
    }

    @Test
    void changesNothingElseInAnEvent() {
        String event = event(SampleSignature.PLACEHOLDER, BODY, false);
        assertThat(signature.sign(event).replace(SIGNED, SampleSignature.PLACEHOLDER))
                .isEqualTo(event);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"headers\":{\"stripe-signature\":\"t=1,v1=00\"},\"body\":\"t=now,v1=local\"}",
                "{\"headers\":{\"x\":\"t=now,v1=local\"}}",
                "{\"headers\":[\"t=now,v1=local\"]}",
                "[\"t=now,v1=local\"]",
                "{ \"repair\" : true }",
                "no JSON: t=now,v1=local",
                "{\"headers\":{\"stripe-signature\":\"t=now,v1=local\"},\"body\":\"{}\",\"isBase64Encoded\":true}",
            })
    void leavesEveryOtherEventAsItIs(String event) {
        assertThat(signature.sign(event)).isEqualTo(event);
    }

    @Test
    void signsARequestThatAsksForIt() {
        assertThat(received(SampleSignature.PLACEHOLDER).headers().all("Stripe-Signature"))
                .containsExactly(SIGNED);
        assertThat(received(SampleSignature.PLACEHOLDER).body()).isEqualTo(Body.of(BODY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "t=now", "t=now,v1=local,v1=other", "t=1760607000,v1=00"})
    void leavesEveryOtherRequestToItsFate(String signed) {
        assertThat(received(signed).headers().all("Stripe-Signature")).containsExactly(signed);
    }

    private Request received(String signed) {
        Request[] received = new Request[1];
        Fields headers = Fields.none().and("stripe-signature", signed).and("x-other", "1");
        signature
                .before(request -> {
                    received[0] = request;
                    return Response.of(200);
                })
                .answer(new Request(
                        "POST", "HTTP/1.1", "/stripe/webhook", "", headers, Body.of(BODY), "127.0.0.1", 80));
        return received[0];
    }

    private static String event(String signed, String body, boolean isEncoded) {
        ObjectNode event = Json.object().put("rawPath", "/stripe/webhook");
        event.putObject("headers").put("stripe-signature", signed).put("x-other", "1");
        return Json.text(event.put("body", body).put("isBase64Encoded", isEncoded));
    }

    private static String signatureOf(String event) {
        return Json.parse(event).orElseThrow().at("/headers/stripe-signature").asText();
    }
}
