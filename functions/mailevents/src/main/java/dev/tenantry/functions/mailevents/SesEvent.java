package dev.tenantry.functions.mailevents;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.tenantry.events.MalformedEvent;
import dev.tenantry.invites.MailedInvite;
import dev.tenantry.runtime.JsonText;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What Amazon SES tells of a mail (Amazon SES Developer Guide, "Contents of event data that Amazon SES publishes to
/// Amazon SNS"). It names addresses, which are not even read: whose invite it is, say the tags that this service gave
/// the mail.
///
/// @param isFinal the mail is lost, and so would be another one; or its receiver complained
record SesEvent(boolean isFinal, Map<String, String> tags) {

    /// The invite whose mail is lost; empty where none is.
    Optional<MailedInvite> lost() {
        return isFinal ? MailedInvite.of(tags) : Optional.empty();
    }

    /// @throws MalformedEvent if it is no event of SES's
    static SesEvent read(SnsMessage message) throws IOException {
        String type = "";
        String bounceType = "";
        String complaintType = "";
        Map<String, String> tags = new HashMap<>();
        try (JsonParser json = JsonText.FACTORY.createParser(message.text())) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw malformed(message);
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "eventType" -> {
                        type = json.getValueAsString("");
                        json.skipChildren();
                    }
                    case "bounce" -> bounceType = text(json, "bounceType");
                    case "complaint" -> complaintType = text(json, "complaintFeedbackType");
                    case "mail" -> readTags(json, tags);
                    default -> json.skipChildren();
                }
            }
            if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
                throw malformed(message);
            }
        } catch (JsonProcessingException e) {
            throw malformed(message);
        }
        if (type.isEmpty()) {
            throw malformed(message);
        }
        return new SesEvent(isFinal(type, bounceType, complaintType), tags);
    }

    /// A mailbox that is full, or a server that is away, may take the next mail: SES has tried for a while, and
    /// calls the bounce transient. Nobody knows what an undetermined one means. And some mailboxes tell that a mail
    /// is none that their owner complains of (RFC 6430, feedback type "not-spam").
    private static boolean isFinal(String type, String bounceType, String complaintType) {
        return switch (type) {
            case "Bounce" -> bounceType.equals("Permanent");
            case "Complaint" -> !complaintType.equals("not-spam");
            case "Reject" -> true;
            default -> false;
        };
    }

    /// A text in an object; "" where there is neither.
    private static String text(JsonParser json, String name) throws IOException {
        String text = "";
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return text;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean wanted = json.currentName().equals(name);
            json.nextToken();
            if (wanted) {
                text = json.getValueAsString("");
            }
            json.skipChildren();
        }
        return text;
    }

    private static void readTags(JsonParser json, Map<String, String> tags) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean wanted = json.currentName().equals("tags");
            if (json.nextToken() == JsonToken.START_OBJECT && wanted) {
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String name = json.currentName();
                    json.nextToken();
                    readValue(json).ifPresent(value -> tags.put(name, value));
                }
            } else {
                json.skipChildren();
            }
        }
    }

    /// A tag's value comes as a list of one.
    private static Optional<String> readValue(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return Optional.empty();
        }
        Optional<String> value = Optional.empty();
        int values = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            value = Optional.ofNullable(json.getValueAsString());
            values++;
            json.skipChildren();
        }
        return values == 1 ? value : Optional.empty();
    }

    private static MalformedEvent malformed(SnsMessage message) {
        return new MalformedEvent(message.place(), "must be an event of Amazon SES");
    }
}
