package dev.tenantry.functions.billing;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantry.billing.OpenedCheckout;
import dev.tenantry.http.Shape;
import java.io.IOException;

/// The way to a page to pay on in an answer.
final class CheckoutShape implements Shape<OpenedCheckout> {

    @Override
    public void write(JsonGenerator json, OpenedCheckout checkout) throws IOException {
        json.writeStartObject();
        json.writeStringField("url", checkout.url().toString());
        json.writeEndObject();
    }
}
