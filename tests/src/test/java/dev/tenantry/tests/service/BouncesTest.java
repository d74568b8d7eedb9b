package dev.tenantry.tests.service;

import static dev.tenantry.tests.service.RunningService.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.local.aws.http.Json;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Mails that come back, from the request that sent them to the mark that admins see.
class BouncesTest {

    private final TenantFixture tenant = TenantFixture.founded();
    private final Person grace = Person.anyone();
    private final String invites = tenant.path() + "/invite";

    @ParameterizedTest
    @ValueSource(strings = {"permanent", "complaint", "reject"})
    void showInTheListUntilTheInviteIsSentAgain(String kind) {
        assertThat(invite(201).path("bounced").asBoolean(true)).isFalse();
        assertThat(listed().path("bounced").asBoolean(true)).isFalse();

        assertThat(bounce(kind).path("delivered").asInt()).isEqualTo(1);

        JsonNode bounced = listed();
        assertThat(bounced.path("bounced").asBoolean()).isTrue();
        assertThat(bounced.path("sentAt").isTextual()).isTrue();
        assertThat(bounced.path("status").asText()).isEqualTo("pending");
        // Telling twice makes no difference.
        bounce(kind);
        assertThat(listed()).isEqualTo(bounced);

        assertThat(invite(200).path("bounced").asBoolean(true)).isFalse();
        assertThat(listed().path("bounced").asBoolean(true)).isFalse();
    }

    @Test
    void areNoneWhileSesGoesOnTrying() {
        invite(201);

        assertThat(bounce("transient").path("delivered").asInt()).isEqualTo(1);

        assertThat(listed().path("bounced").asBoolean(true)).isFalse();
    }

    /// The event has the address, as SES's has. What finds the invite are the tags.
    @Test
    void areTaggedWithNothingThatTellsOfAPerson() {
        invite(201);

        JsonNode tags = bounce("permanent").at("/event/mail/tags");

        assertThat(tags.at("/tenant/0").asText()).isEqualTo(tenant.prefix());
        assertThat(tags.at("/invite/0").asText()).isEqualTo("1");
        assertThat(tags.at("/mail/0").asText()).matches("[0-9a-f]{64}");
        assertThat(Json.text(tags))
                .doesNotContain("@")
                .doesNotContain(
                        SERVICE.mailsTo(grace.email()).getFirst().path("token").asText());
    }

    @Test
    void areGivenUpIntoAQueueWhereTheyCanNotBeRead() {
        int before = SERVICE.messages("MailEventFailures");
        assertThat(SERVICE.invoke("MailEventsFunction", "{\"Records\":[{\"Sns\":{\"Message\":\"hello\"}}]}")
                        .path("errorType")
                        .asText())
                .endsWith("MalformedEvent");
        // Only what came asynchronously.
        assertThat(SERVICE.messages("MailEventFailures")).isEqualTo(before);
    }

    @Test
    void needAMailThatWasSent() {
        HttpResponse<String> answer =
                SERVICE.post("/_local/mail/bounce", "{\"to\":\"nobody@example.com\",\"kind\":\"permanent\"}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("/to").contains("GET /_local/outbox");
        assertThat(SERVICE.post("/_local/mail/bounce", "{\"kind\":\"hard\",\"colour\":\"red\"}")
                        .body())
                .contains("/kind")
                .contains("/colour");
    }

    private JsonNode invite(int status) {
        return tenant.admin()
                .post(invites, "{\"receiver\":\"" + grace.email() + "\",\"role\":\"user\",\"language\":\"en\"}")
                .is(status)
                .json();
    }

    private JsonNode listed() {
        return TenantFixture.all(tenant.admin(), invites).getFirst();
    }

    private JsonNode bounce(String kind) {
        HttpResponse<String> answer =
                SERVICE.post("/_local/mail/bounce", "{\"to\":\"" + grace.email() + "\",\"kind\":\"" + kind + "\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.parse(answer.body()).orElseThrow();
    }
}
