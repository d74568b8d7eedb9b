package dev.tenantry.functions.mailevents;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tenantry.events.MalformedEvent;
import dev.tenantry.events.Records;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// A message that a topic delivers (AWS Lambda Developer Guide, "Invoking Lambda functions with Amazon SNS
/// notifications").
///
/// @param place where it stands in the event
record SnsMessage(String place, String text) {

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
        return Records.readAll(in, "SNS messages", SnsMessage::read);
    }

    private static SnsMessage read(JsonParser json, String place) throws IOException {
        String text = "";
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
