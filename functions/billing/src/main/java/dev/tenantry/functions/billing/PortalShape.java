package dev.tenantry.functions.billing;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantry.billing.OpenedPortal;
import dev.tenantry.http.Shape;
import java.io.IOException;

/// The way to the billing portal in an answer.
final class PortalShape implements Shape<OpenedPortal> {

    @Override
    public void write(JsonGenerator json, OpenedPortal portal) throws IOException {
        json.writeStartObject();
        json.writeStringField("url", portal.url().toString());
        json.writeEndObject();
    }
}
