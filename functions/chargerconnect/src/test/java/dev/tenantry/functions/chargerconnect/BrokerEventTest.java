package dev.tenantry.functions.chargerconnect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.chargers.Nameplate.Field;
import dev.tenantry.events.MalformedEvent;
import dev.tenantry.functions.chargerconnect.BrokerEvent.Type;
import dev.tenantry.refusal.Refusal.Fault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerEventTest {

    private static final Instant NOW = Instant.parse("2026-03-01T09:30:00Z");

    private static final String REST = """
            "tenant": "acme", "identity": "W1", "sourceIp": "192.0.2.1", "connectionId": "c", "at": "2026-03-01T09:29:00Z"
            """;

    @Test
    void readsAConnect() throws IOException {
        BrokerEvent event = read("""
                {"type": "connect", "tls": true, "clientCertificateCn": "W1", "authorization": "Basic eA==", %s}
                """.formatted(REST));
        assertThat(event.type()).isEqualTo(Type.CONNECT);
        assertThat(event.signal().identity()).isEqualTo("W1");
        assertThat(event.signal().at()).isEqualTo(Instant.parse("2026-03-01T09:29:00Z"));
        assertThat(event.proof().tls()).isTrue();
        assertThat(event.proof().clientCertificateCn()).contains("W1");
        assertThat(event.proof().authorization()).contains("Basic eA==");
        assertThat(event.toString()).doesNotContain("eA==");
    }

    @Test
    void readsTheFlatPayloadOfOcpp16() throws IOException {
        assertThat(boot("""
                {"chargePointVendor": "Volt", "chargePointModel": "M", "chargeBoxSerialNumber": "B",
                 "chargePointSerialNumber": "P", "meterSerialNumber": "S", "firmwareVersion": "1", "iccid": "8", "imsi": "2",
                 "meterType": "any", "customData": {"vendorId": "x", "deep": [{"a": 1}]}}
                """))
                .isEqualTo(Map.of(
                        Field.CHARGE_POINT_VENDOR, "Volt",
                        Field.CHARGE_POINT_MODEL, "M",
                        Field.CHARGE_BOX_SERIAL_NUMBER, "B",
                        Field.CHARGE_POINT_SERIAL_NUMBER, "P",
                        Field.METER_SERIAL_NUMBER, "S",
                        Field.FIRMWARE_VERSION, "1",
                        Field.ICCID, "8",
                        Field.IMSI, "2"));
    }

    @Test
    void readsTheNestedPayloadOfOcpp201() throws IOException {
        assertThat(boot("""
                {"reason": "PowerUp", "chargingStation": {"serialNumber": "P", "model": "M", "vendorName": "Volt",
                 "firmwareVersion": "1", "modem": {"iccid": "8", "imsi": "2", "customData": {}}, "customData": {"a": []}}}
                """))
                .isEqualTo(Map.of(
                        Field.CHARGE_POINT_VENDOR, "Volt",
                        Field.CHARGE_POINT_MODEL, "M",
                        Field.CHARGE_POINT_SERIAL_NUMBER, "P",
                        Field.FIRMWARE_VERSION, "1",
                        Field.ICCID, "8",
                        Field.IMSI, "2"));
    }

    @Test
    void takesAnEmptyOrAbsentValueForNothingSaid() throws IOException {
        assertThat(boot("{\"iccid\": \"\", \"imsi\": null, \"chargingStation\": {\"modem\": null}}")).isEmpty();
    }

    @Test
    void namesEveryFaultOfABoot() {
        assertThat(faults("""
                {"type": "boot", %s, "boot": {"chargePointModel": "123456789012345678901", "iccid": 7,
                 "chargingStation": {"modem": [], "vendorName": {"a": 1}}}}
                """.formatted(REST)))
                .containsExactlyInAnyOrder(
                        "/boot/chargePointModel",
                        "/boot/iccid",
                        "/boot/chargingStation/modem",
                        "/boot/chargingStation/vendorName");
        assertThat(faults("{\"type\": \"boot\", %s}".formatted(REST))).containsExactly("/boot");
        assertThat(faults("{\"type\": \"boot\", %s, \"boot\": \"x\"}".formatted(REST))).containsExactly("/boot");
    }

    @Test
    void namesEveryFieldThatIsMissing() {
        assertThat(faults("{}"))
                .containsExactlyInAnyOrder("/type", "/tenant", "/identity", "/sourceIp", "/connectionId", "/at");
        assertThat(faults("{\"type\": \"connect\", %s}".formatted(REST))).containsExactly("/tls");
        assertThat(faults("""
                {"type": 1, "tenant": null, "identity": [], "sourceIp": {}, "connectionId": "a b", "at": "now", "tls": "no"}
                """))
                .containsExactlyInAnyOrder(
                        "/type", "/tenant", "/identity", "/sourceIp", "/connectionId", "/at", "/tls");
    }

    @Test
    void asksNoDisconnectWhereItCameFrom() throws IOException {
        assertThat(read("""
                {"type": "disconnect", "tenant": "acme", "identity": "W1", "connectionId": "c", "at": "2026-03-01T09:29:00Z"}
                """).type()).isEqualTo(Type.DISCONNECT);
    }

    @Test
    void ignoresWhatItDoesNotKnow() throws IOException {
        assertThat(read("{\"type\": \"connect\", \"tls\": false, \"newer\": {\"a\": [1]}, %s}".formatted(REST)).proof().tls())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "\"x\"", "{", "{\"type\": \"connect\"", "{\"type\": \"boot\", \"type\": \"connect\"}"})
    void refusesWhatIsNoObject(String text) {
        assertThat(faults(text)).containsExactly("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-01T09:35:00Z", "2026-03-01T10:35:00+01:00", "2000-01-01T00:00:00Z"})
    void takesATimeUpToFiveMinutesAhead(String at) throws IOException {
        assertThat(read(disconnect(at)).signal().at()).isBeforeOrEqualTo(NOW.plusSeconds(300));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-01T09:35:00.001Z", "2026-03-01T09:30:00", "1999-12-31T23:59:59Z", "", "2026-13-01T00:00:00Z",
                "-999999999-01-01T00:00:00+18:00", "+999999999-12-31T23:59:59-18:00"
            })
    void refusesAnyOtherTime(String at) {
        assertThat(faults(disconnect(at))).containsExactly("/at");
    }

    private static String disconnect(String at) {
        return """
                {"type": "disconnect", "tenant": "acme", "identity": "W1", "connectionId": "c", "at": "%s"}
                """.formatted(at);
    }

    private static Map<Field, String> boot(String payload) throws IOException {
        return read("{\"type\": \"boot\", %s, \"boot\": %s}".formatted(REST, payload)).nameplate().values();
    }

    private static List<String> faults(String text) {
        MalformedEvent[] thrown = new MalformedEvent[1];
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(MalformedEvent.class)
                .satisfies(e -> thrown[0] = (MalformedEvent) e);
        return Arrays.stream(thrown).flatMap(e -> e.faults().stream()).map(Fault::pointer).toList();
    }

    private static BrokerEvent read(String text) throws IOException {
        return BrokerEvent.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), NOW, "request");
    }
}
