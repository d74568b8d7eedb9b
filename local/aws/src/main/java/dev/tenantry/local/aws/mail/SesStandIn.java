package dev.tenantry.local.aws.mail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.local.aws.fault.Fault;
import dev.tenantry.local.aws.fault.Faults;
import dev.tenantry.local.aws.http.Endpoint;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.http.Request;
import dev.tenantry.local.aws.http.Response;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// The SendEmail operation of Amazon SES (Amazon SES API v2 Reference, "SendEmail"), for simple messages to one person.
/// It sends nothing: what it takes goes to the [Outbox].
public final class SesStandIn implements Endpoint {

    private static final String SEND_EMAIL = "/v2/email/outbound-emails";

    private final Outbox outbox;
    private final Faults faults;

    public SesStandIn(Outbox outbox, Faults faults) {
        this.outbox = outbox;
        this.faults = faults;
    }

    @Override
    public Response answer(Request request) {
        if (!request.method().equals("POST") || !request.path().equals(SEND_EMAIL)) {
            return error(404, "NotFoundException", "Only SendEmail is served locally.");
        }
        Optional<Fault> fault = faults.next(Faults.Service.MAIL);
        if (fault.isPresent()) {
            return fault.get()
                    .happen(
                            error(503, "ServiceUnavailableException", "This fault was ordered at /_local/fault."),
                            error(429, "TooManyRequestsException", "This fault was ordered at /_local/fault."),
                            () -> send(request));
        }
        return send(request);
    }

    private Response send(Request request) {
        Optional<JsonNode> json = Json.parse(request.body().text());
        if (json.isEmpty()) {
            return error(400, "BadRequestException", "Not JSON.");
        }
        JsonNode content = json.get().at("/Content/Simple");
        Map<String, String> tags = new TreeMap<>();
        json.get()
                .path("EmailTags")
                .forEach(tag ->
                        tags.put(tag.path("Name").asText(), tag.path("Value").asText()));
        SentMail mail = new SentMail(
                UUID.randomUUID().toString(),
                json.get().at("/Destination/ToAddresses/0").asText(),
                content.at("/Subject/Data").asText(),
                content.at("/Body/Text/Data").asText(),
                content.at("/Body/Html/Data").asText(),
                json.get().path("ConfigurationSetName").asText(),
                tags);
        if (json.get().path("FromEmailAddress").asText().isEmpty()
                || mail.to().isEmpty()
                || mail.subject().isEmpty()) {
            return error(400, "BadRequestException", "A sender, a receiver and a subject are needed.");
        }
        outbox.add(mail);
        return Response.json(200, Json.text(Json.object().put("MessageId", mail.id())));
    }

    private static Response error(int status, String type, String message) {
        return Response.json(status, Json.text(Json.object().put("message", message)))
                .with("x-amzn-errortype", type);
    }
}
