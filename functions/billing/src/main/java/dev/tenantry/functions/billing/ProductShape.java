package dev.tenantry.functions.billing;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantry.billing.NumberedOffer;
import dev.tenantry.billing.Offer;
import dev.tenantry.http.Shape;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/// Something that can be subscribed to in an answer.
final class ProductShape implements Shape<NumberedOffer> {

    @Override
    public void write(JsonGenerator json, NumberedOffer numbered) throws IOException {
        Offer offer = numbered.offer();
        json.writeStartObject();
        json.writeNumberField("id", numbered.id());
        json.writeStringField("name", offer.name());
        json.writeStringField("displayName", offer.displayName());
        json.writeStringField("description", offer.description().orElse(""));
        // What is not can't be subscribed to, and is not listed.
        json.writeBooleanField("active", true);
        json.writeNumberField("price", offer.price().amount());
        json.writeStringField("currency", offer.price().currency());
        json.writeStringField("interval", offer.price().interval());
        json.writeNumberField("intervalCount", offer.price().intervalCount());
        json.writeNumberField("minQuantity", offer.quantities().min());
        json.writeNumberField("maxQuantity", offer.quantities().max());
        json.writeStringField("stripeProductId", offer.stripeProductId());
        json.writeStringField("stripePriceId", offer.price().id());
        json.writeObjectFieldStart("metadata");
        for (Map.Entry<String, String> entry : new TreeMap<>(offer.metadata()).entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
