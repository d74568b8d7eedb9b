package dev.tenantry.functions.metricsaggregation;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.tenantry.events.MalformedEvent;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.refusal.Refusal.Fault;
import dev.tenantry.runtime.JsonText;
import dev.tenantry.text.JsonPointer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What an event asks for: a repair, or with no field at all the aggregation. A field that is not known is a fault: it
/// could be a repair that is spelt wrong, which would aggregate and say nothing of it.
///
/// @param repair the tenant whose counters are to be repaired
record Command(Optional<DomainPrefix> repair) {

    private static final String NO_FIELD = "is not a field of this event; send repair, or {} for the aggregation";

    static Command read(InputStream in) throws IOException {
        List<Fault> faults = new ArrayList<>();
        Optional<DomainPrefix> repair = Optional.empty();
        try (JsonParser json = JsonText.FACTORY.createParser(in)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedEvent("", "must be an object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                if (name.equals("repair")) {
                    repair = tenant(json, faults);
                } else {
                    faults.add(new Fault(JsonPointer.to(name), NO_FIELD));
                    json.skipChildren();
                }
            }
        } catch (JsonProcessingException e) {
            throw new MalformedEvent("", "must be JSON");
        }
        if (!faults.isEmpty()) {
            throw new MalformedEvent(faults);
        }
        return new Command(repair);
    }

    private static Optional<DomainPrefix> tenant(JsonParser json, List<Fault> faults) throws IOException {
        Optional<DomainPrefix> tenant = Optional.empty();
        boolean isObject = json.currentToken() == JsonToken.START_OBJECT;
        while (isObject && json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            if (name.equals("tenant") && json.currentToken() == JsonToken.VALUE_STRING) {
                tenant = DomainPrefix.inPath(json.getText());
            } else if (!name.equals("tenant")) {
                faults.add(new Fault("/repair" + JsonPointer.to(name), "is not a field of repair"));
            }
            json.skipChildren();
        }
        if (tenant.isEmpty()) {
            json.skipChildren();
            faults.add(new Fault("/repair", "must be an object with the tenant's domain prefix"));
        }
        return tenant;
    }
}
