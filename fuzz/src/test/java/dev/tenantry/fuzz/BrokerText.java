package dev.tenantry.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Json;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Events of the broker's in lines, so that a fuzzer changes what chargers say, in the broker's well-formed JSON:
///
/// ```
/// type=connect
/// identity=DEPOT-NORTH-01
/// login=DEPOT-NORTH-01:a password, which goes into `authorization`
/// tls                              is true
/// boot.chargePointModel=Wallbox    a field of `boot`
/// ```
///
/// Empty lines divide events, which then come as a batch. Any text is such events.
final class BrokerText {

    private static final String BOOT = "boot.";

    private BrokerText() {}

    /// The lines for an event or a batch.
    static byte[] of(JsonNode event) {
        Stream<JsonNode> events = event.has("events") ? event.path("events").valueStream() : Stream.of(event);
        return events.map(BrokerText::lines).collect(Collectors.joining("\n")).getBytes(UTF_8);
    }

    private static String lines(JsonNode event) {
        StringBuilder lines = new StringBuilder();
        event.properties().forEach(field -> {
            if (field.getKey().equals("boot")) {
                field.getValue().properties().forEach(said -> line(lines, BOOT + said.getKey(), said.getValue()));
            } else if (field.getKey().equals("tls")) {
                lines.append(field.getValue().asBoolean() ? "tls\n" : "");
            } else {
                line(lines, field.getKey(), field.getValue());
            }
        });
        return lines.toString();
    }

    private static void line(StringBuilder lines, String name, JsonNode value) {
        lines.append(name)
                .append('=')
                .append(value.isValueNode() ? value.asText() : Json.text(value))
                .append('\n');
    }

    /// What the broker would send.
    static JsonNode event(byte[] input) {
        List<ObjectNode> events = Stream.of(new String(input, UTF_8).split("\n\n", -1))
                .map(BrokerText::event)
                .toList();
        if (events.size() == 1) {
            return events.getFirst();
        }
        ObjectNode batch = Json.object();
        batch.putArray("events").addAll(events);
        return batch;
    }

    private static ObjectNode event(String lines) {
        ObjectNode event = Json.object();
        for (String line : lines.split("\n", -1)) {
            int equals = line.indexOf('=');
            if (line.equals("tls")) {
                event.put("tls", true);
            } else if (line.startsWith("login=")) {
                event.put(
                        "authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(
                                                line.substring(equals + 1).getBytes(UTF_8)));
            } else if (line.startsWith(BOOT) && equals > 0) {
                String text = line.substring(equals + 1);
                event.withObject("/boot")
                        .set(
                                line.substring(BOOT.length(), equals),
                                Json.parse(text).orElseGet(() -> event.textNode(text)));
            } else if (equals > 0) {
                event.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return event;
    }
}
