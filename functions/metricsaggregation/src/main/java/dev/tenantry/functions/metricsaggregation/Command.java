package dev.tenantry.functions.metricsaggregation;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.tenantry.events.MalformedEvent;
import dev.tenantry.refusal.Refusal.Fault;
import dev.tenantry.runtime.JsonText;
import dev.tenantry.text.JsonPointer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/// The event that starts the aggregation, an object without fields. Whoever sends a field means something that this
/// function does not do, and is told.
final class Command {

    private static final String NO_FIELD =
            "is not a field of this event; send {} for the aggregation, and other commands to the operator's function";

    private Command() {}

    static void require(InputStream in) throws IOException {
        List<Fault> faults = new ArrayList<>();
        try (JsonParser json = JsonText.FACTORY.createParser(in)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedEvent("", "must be an object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                faults.add(new Fault(JsonPointer.to(json.currentName()), NO_FIELD));
                json.nextToken();
                json.skipChildren();
            }
        } catch (JsonProcessingException e) {
            throw new MalformedEvent("", "must be JSON");
        }
        if (!faults.isEmpty()) {
            throw new MalformedEvent(faults);
        }
    }
}
