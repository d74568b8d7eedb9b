package dev.tenantry.functions.billing;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantry.http.Shape;
import java.io.IOException;
import java.net.URI;

/// The way to the billing portal in an answer.
final class PortalShape implements Shape<URI> {

    @Override
    public void write(JsonGenerator json, URI url) throws IOException {
        json.writeStartObject();
        json.writeStringField("url", url.toString());
        json.writeEndObject();
    }
}
