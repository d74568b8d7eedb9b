package dev.tenantry.functions.usageingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tenantry.events.MalformedEvent;
import dev.tenantry.events.Records;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// A message that SQS delivers (AWS Lambda Developer Guide, "Using Lambda with Amazon SQS").
///
/// @param id what the answer calls it by
record SqsMessage(String id, String body) {

    /// The messages of an event.
    ///
    /// @throws MalformedEvent if it is no event of a queue
    static List<SqsMessage> readAll(InputStream in) throws IOException {
        return Records.readAll(in, "SQS messages", SqsMessage::read);
    }

    private static SqsMessage read(JsonParser json, String place) throws IOException {
        String id = "";
        String body = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "messageId" -> id = json.getText();
                case "body" -> body = json.getText();
                default -> json.skipChildren();
            }
        }
        if (id.isEmpty()) {
            throw new MalformedEvent(place + "/messageId", "is required");
        }
        return new SqsMessage(id, body);
    }
}
