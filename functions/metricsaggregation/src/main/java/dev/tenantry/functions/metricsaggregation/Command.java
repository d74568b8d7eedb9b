package dev.tenantry.functions.metricsaggregation;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.tenantry.events.MalformedEvent;
import dev.tenantry.runtime.JsonText;
import dev.tenantry.tenancy.DomainPrefix;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// What an event asks for: a repair, or else, whatever it says, the aggregation.
///
/// @param repair the tenant whose counters are to be mended
record Command(Optional<DomainPrefix> repair) {

    static Command read(InputStream in) throws IOException {
        try (JsonParser json = JsonText.FACTORY.createParser(in)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedEvent("", "must be an object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean isRepair = json.currentName().equals("repair");
                json.nextToken();
                if (isRepair) {
                    return new Command(Optional.of(tenant(json)));
                }
                json.skipChildren();
            }
            return new Command(Optional.empty());
        } catch (JsonProcessingException e) {
            throw new MalformedEvent("", "must be JSON");
        }
    }

    private static DomainPrefix tenant(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.START_OBJECT
                && json.nextToken() == JsonToken.FIELD_NAME
                && json.currentName().equals("tenant")
                && json.nextToken() == JsonToken.VALUE_STRING) {
            Optional<DomainPrefix> prefix = DomainPrefix.inPath(json.getText());
            if (prefix.isPresent()) {
                return prefix.get();
            }
        }
        throw new MalformedEvent("/repair", "must be an object with the tenant's domain prefix");
    }
}
