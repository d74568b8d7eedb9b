package dev.tenantry.functions.metrics;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantry.http.Json;
import dev.tenantry.http.TableShape;
import dev.tenantry.metrics.MetricsWindow;
import dev.tenantry.usage.Counters;
import java.io.IOException;
import java.util.List;

/// A window in an answer.
final class MetricsWindowShape implements TableShape<MetricsWindow> {

    @Override
    public List<String> columns() {
        return List.of(
                "windowStart",
                "windowEnd",
                "messagesIn",
                "messagesOut",
                "bytesIn",
                "bytesOut",
                "connects",
                "disconnects",
                "errors",
                "chargersOnlineMax",
                "isFinal");
    }

    @Override
    public void write(JsonGenerator json, MetricsWindow window) throws IOException {
        Counters counters = window.counters();
        json.writeStartObject();
        Json.instant(json, "windowStart", window.start());
        Json.instant(json, "windowEnd", window.end());
        json.writeNumberField("messagesIn", counters.messagesIn());
        json.writeNumberField("messagesOut", counters.messagesOut());
        json.writeNumberField("bytesIn", counters.bytesIn());
        json.writeNumberField("bytesOut", counters.bytesOut());
        json.writeNumberField("connects", counters.connects());
        json.writeNumberField("disconnects", counters.disconnects());
        json.writeNumberField("errors", counters.errors());
        json.writeNumberField("chargersOnlineMax", window.chargersOnlineMax());
        json.writeBooleanField("isFinal", window.isFinal());
        json.writeEndObject();
    }
}
