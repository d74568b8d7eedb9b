package dev.tenantry.runtime;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/// The event `{"keepActive": true}`, by which a schedule keeps a version from becoming inactive: Lambda does that to
/// one with SnapStart that nobody has invoked for 14 days (AWS Lambda Developer Guide, "Improving startup performance
/// with Lambda SnapStart").
///
/// It has to be the whole event. What comes over HTTP never is: the gateway's events have dozens of fields, and what a
/// caller sends is inside of one.
final class KeepActive {

    /// What answers it.
    static final String ANSWER = "{\"active\":true}";

    /// The event with some white space. Whatever is larger is something else.
    static final int MAX_BYTES = 64;

    private KeepActive() {}

    /// @param beginning of an event, at least one byte more than [#MAX_BYTES] if it has so many
    static boolean is(byte[] beginning) {
        if (beginning.length > MAX_BYTES) {
            return false;
        }
        try (JsonParser json = JsonText.FACTORY.createParser(beginning)) {
            return json.nextToken() == JsonToken.START_OBJECT
                    && "keepActive".equals(json.nextFieldName())
                    && json.nextToken() == JsonToken.VALUE_TRUE
                    && json.nextToken() == JsonToken.END_OBJECT
                    && json.nextToken() == null;
        } catch (IOException e) {
            // No JSON, which is not for us to say.
            return false;
        }
    }
}
