package dev.tenantry.events;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.tenantry.runtime.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/// The records of an event in which Lambda delivers what it took from a queue, a topic or a stream.
public final class Records {

    private static final String POINTER = "/Records";

    private Records() {}

    /// Reads one of them.
    @FunctionalInterface
    public interface Reader<T> {

        /// @param json  at the beginning of the record, an object; afterwards at its end
        /// @param place the record's pointer in the event (RFC 6901)
        /// @throws MalformedEvent if it is none
        T read(JsonParser json, String place) throws IOException;
    }

    /// @param what they are called in the plural, for whoever sent something else
    /// @throws MalformedEvent if there are none, or one of them is no record
    public static <T> List<T> readAll(InputStream in, String what, Reader<T> reader) throws IOException {
        List<T> records = new ArrayList<>();
        boolean found = false;
        try (JsonParser json = JsonText.FACTORY.createParser(in)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    boolean isRecords = json.currentName().equals("Records");
                    if (json.nextToken() == JsonToken.START_ARRAY && isRecords) {
                        found = true;
                        while (json.nextToken() != JsonToken.END_ARRAY) {
                            if (json.currentToken() != JsonToken.START_OBJECT) {
                                throw noRecords(what);
                            }
                            records.add(reader.read(json, POINTER + "/" + records.size()));
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
            throw noRecords(what);
        }
        return records;
    }

    private static MalformedEvent noRecords(String what) {
        return new MalformedEvent(POINTER, "must be an array of " + what);
    }
}
