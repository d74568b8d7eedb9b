package dev.tenantry.functions.usageingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.tenantry.events.MalformedEvent;
import dev.tenantry.runtime.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/// A message that SQS delivers (AWS Lambda Developer Guide, "Using Lambda with Amazon SQS").
///
/// @param id what the answer calls it by
record SqsMessage(String id, String body) {

    /// The messages of an event.
    ///
    /// @throws MalformedEvent if it is no event of a queue
    static List<SqsMessage> readAll(InputStream in) throws IOException {
        List<SqsMessage> messages = new ArrayList<>();
        boolean found = false;
        try (JsonParser json = JsonText.FACTORY.createParser(in)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    boolean records = json.currentName().equals("Records");
                    if (json.nextToken() == JsonToken.START_ARRAY && records) {
                        found = true;
                        while (json.nextToken() != JsonToken.END_ARRAY) {
                            messages.add(read(json));
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
            throw new MalformedEvent("/Records", "must be an array of SQS messages");
        }
        return messages;
    }

    private static SqsMessage read(JsonParser json) throws IOException {
        String id = "";
        String body = "";
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new MalformedEvent("/Records", "must be an array of SQS messages");
        }
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
            throw new MalformedEvent("/Records", "must be SQS messages with a messageId");
        }
        return new SqsMessage(id, body);
    }
}
