package dev.tenantry.functions.mailevents;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.tenantry.events.MalformedEvent;
import dev.tenantry.runtime.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/// A message that a topic delivers (AWS Lambda Developer Guide, "Invoking Lambda functions with Amazon SNS
/// notifications").
///
/// @param place where it stands in the event
record SnsMessage(String place, String text) {

    private static final String RECORDS = "/Records";

    /// What SES tells a topic when somebody makes it the one to be told. It is no JSON, and comes with each new
    /// stack.
    private static final String NOTICE = "Successfully validated SNS topic for Amazon SES event publishing.";

    /// It is of no mail.
    boolean isNotice() {
        return text.strip().equals(NOTICE);
    }

    /// The messages of an event, of which AWS sends one at a time.
    ///
    /// @throws MalformedEvent if it is no event of a topic
    static List<SnsMessage> readAll(InputStream in) throws IOException {
        List<SnsMessage> messages = new ArrayList<>();
        boolean found = false;
        try (JsonParser json = JsonText.FACTORY.createParser(in)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    boolean records = json.currentName().equals("Records");
                    if (json.nextToken() == JsonToken.START_ARRAY && records) {
                        found = true;
                        while (json.nextToken() != JsonToken.END_ARRAY) {
                            messages.add(read(json, RECORDS + "/" + messages.size()));
                        }
                    } else {
                        json.skipChildren();
                    }
                }
            }
        } catch (JsonProcessingException e) {
            throw new MalformedEvent("", "must be JSON");
        }
        if (!found) {
            throw new MalformedEvent(RECORDS, "must be an array of SNS messages");
        }
        return messages;
    }

    private static SnsMessage read(JsonParser json, String place) throws IOException {
        String text = "";
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new MalformedEvent(RECORDS, "must be an array of SNS messages");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean message = json.currentName().equals("Sns");
            if (json.nextToken() == JsonToken.START_OBJECT && message) {
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    boolean body = json.currentName().equals("Message");
                    if (json.nextToken() == JsonToken.VALUE_STRING && body) {
                        text = json.getText();
                    } else {
                        json.skipChildren();
                    }
                }
            } else {
                json.skipChildren();
            }
        }
        if (text.isEmpty()) {
            throw new MalformedEvent(place + "/Sns/Message", "is required");
        }
        return new SnsMessage(place + "/Sns/Message", text);
    }
}
