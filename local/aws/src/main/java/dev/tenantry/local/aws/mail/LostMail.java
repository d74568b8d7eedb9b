package dev.tenantry.local.aws.mail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.http.Request;
import dev.tenantry.local.aws.http.Response;
import dev.tenantry.local.aws.sns.Topics;
import dev.tenantry.local.aws.template.MailDestination;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Lets a mail that was sent come back, and SES tell of it.
public final class LostMail {

    /// What can become of a mail.
    private enum Kind {
        PERMANENT("bounce", "Bounce"),
        TRANSIENT("bounce", "Bounce"),
        COMPLAINT("complaint", "Complaint"),
        REJECT("reject", "Reject");

        private final String matching;
        private final String eventType;

        Kind(String matching, String eventType) {
            this.matching = matching;
            this.eventType = eventType;
        }

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Kind> of(String text) {
            for (Kind kind : values()) {
                if (kind.text().equals(text)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    private static final List<String> FIELDS = List.of("to", "kind");

    private final Outbox outbox;
    private final List<MailDestination> destinations;
    private final Topics topics;
    private final Clock clock;

    public LostMail(Outbox outbox, List<MailDestination> destinations, Topics topics, Clock clock) {
        this.outbox = outbox;
        this.destinations = List.copyOf(destinations);
        this.topics = topics;
        this.clock = clock;
    }

    /// `POST /_local/mail/bounce`: the latest mail to an address comes back. Answers with the event that SES tells,
    /// and how many functions took it.
    public Response bounce(Request request) {
        Map<String, String> faults = new LinkedHashMap<>();
        JsonNode json = Json.parse(request.body().text())
                .filter(JsonNode::isObject)
                .orElseGet(() -> {
                    faults.put("", "The body must be a JSON object such as {\"to\":\"grace@example.com\"}.");
                    return Json.object();
                });
        Optional<Kind> kind = Kind.of(json.path("kind").asText("permanent"));
        if (kind.isEmpty()) {
            faults.put("/kind", "Must be permanent, transient, complaint or reject; permanent if absent.");
        }
        Optional<SentMail> mail = outbox.latestTo(json.path("to").asText());
        if (mail.isEmpty() && faults.isEmpty()) {
            faults.put("/to", "Must be an address that a mail was sent to; see GET /_local/outbox.");
        }
        TreeSet<String> names = new TreeSet<>();
        json.fieldNames().forEachRemaining(names::add);
        names.stream()
                .filter(name -> !FIELDS.contains(name))
                .forEach(name -> faults.put("/" + name, "Is not a known field; use to, kind."));
        if (!faults.isEmpty()) {
            return Response.invalid(
                    "/_local/mail/bounce", "No mail came back: the request itself is invalid. See errors.", faults);
        }
        ObjectNode event = event(mail.orElseThrow(), kind.orElseThrow());
        int taken = 0;
        for (MailDestination destination : destinations) {
            if (destination.configurationSet().equals(mail.get().configurationSet())
                    && destination.events().contains(kind.get().matching)) {
                taken += topics.publish(destination.topic(), Json.text(event));
            }
        }
        ObjectNode answer = Json.object().put("delivered", taken);
        answer.set("event", event);
        return Response.json(200, Json.text(answer));
    }

    /// Amazon SES Developer Guide, "Examples of event data that Amazon SES publishes to Amazon SNS".
    private ObjectNode event(SentMail sent, Kind kind) {
        String now = clock.instant().toString();
        ObjectNode event = Json.object().put("eventType", kind.eventType);
        switch (kind) {
            case PERMANENT, TRANSIENT -> {
                boolean lasts = kind == Kind.PERMANENT;
                ObjectNode bounce = event.putObject("bounce")
                        .put("bounceType", lasts ? "Permanent" : "Transient")
                        .put("bounceSubType", lasts ? "General" : "MailboxFull");
                bounce.putArray("bouncedRecipients")
                        .addObject()
                        .put("emailAddress", sent.to())
                        .put("action", "failed")
                        .put("status", lasts ? "5.1.1" : "4.2.2");
                bounce.put("timestamp", now);
            }
            case COMPLAINT -> {
                ObjectNode complaint = event.putObject("complaint");
                complaint.putArray("complainedRecipients").addObject().put("emailAddress", sent.to());
                complaint.put("timestamp", now).put("complaintFeedbackType", "abuse");
            }
            case REJECT -> event.putObject("reject").put("reason", "Bad content");
        }
        ObjectNode mail = event.putObject("mail").put("timestamp", now).put("messageId", sent.id());
        mail.putArray("destination").add(sent.to());
        ObjectNode tags = mail.putObject("tags");
        tags.putArray("ses:configuration-set").add(sent.configurationSet());
        sent.tags().forEach((name, value) -> tags.putArray(name).add(value));
        return event;
    }
}
