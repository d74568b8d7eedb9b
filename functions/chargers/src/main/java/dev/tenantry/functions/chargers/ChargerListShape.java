package dev.tenantry.functions.chargers;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantry.chargers.ShownCharger;
import dev.tenantry.http.Shape;
import java.io.IOException;
import java.util.List;

/// Chargers in an answer.
final class ChargerListShape implements Shape<List<ShownCharger>> {

    private final ChargerShape shape = new ChargerShape();

    @Override
    public void write(JsonGenerator json, List<ShownCharger> chargers) throws IOException {
        json.writeStartArray();
        for (ShownCharger charger : chargers) {
            shape.write(json, charger);
        }
        json.writeEndArray();
    }
}
