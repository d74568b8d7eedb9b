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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        assertThat(event.chargerEvent().identity()).isEqualTo("W1");
        assertThat(event.chargerEvent().at()).isEqualTo(Instant.parse("2026-03-01T09:29:00Z"));
        assertThat(event.credentials().tls()).isTrue();
        assertThat(event.credentials().clientCertificateCn()).contains("W1");
        assertThat(event.credentials().authorization()).contains("Basic eA==");
        assertThat(event.toString()).doesNotContain("eA==");
    }

    @Test
    void readsAHostInsteadOfATenant() throws IOException {
        String rest = REST.replace("\"tenant\": \"acme\"", "\"host\": \"Chargers.example.com:443\"");
        BrokerEvent event = read("{\"type\": \"disconnect\", %s}".formatted(rest));
        assertThat(event.host()).contains("Chargers.example.com:443");
        assertThat(event.chargerEvent().tenant()).isEmpty();
        assertThat(read("{\"type\": \"disconnect\", \"host\": null, %s}".formatted(REST))
                        .host())
                .isEmpty();
    }

    @Test
    void goesByTheTenantWhereItIsToldBoth() throws IOException {
        BrokerEvent both = read("{\"type\": \"disconnect\", \"host\": \"a.example\", %s}".formatted(REST));
        assertThat(both.chargerEvent().tenant()).isEqualTo("acme");
        assertThat(both.host()).isEmpty();
        String neither = REST.replace("\"tenant\": \"acme\",", "");
        assertThat(faults("{\"type\": \"disconnect\", %s}".formatted(neither))).containsExactly("/tenant");
        assertThat(faults("{\"type\": \"disconnect\", \"host\": 7, %s}".formatted(neither)))
                .containsExactly("/host");
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
        assertThat(boot("{\"iccid\": \"\", \"imsi\": null, \"chargingStation\": {\"modem\": null}}"))
                .isEmpty();
    }

    @Test
    void takesWhatIsNoTextForNothingSaid() throws IOException {
        assertThat(boot("""
            {"chargePointModel": false, "chargePointVendor": {"a": 1}, "iccid": [[], {}], "imsi": true, "firmwareVersion": "1",
             "chargingStation": {"modem": [], "serialNumber": {"model": "no"}, "model": "M"}}
            """)).isEqualTo(Map.of(Field.FIRMWARE_VERSION, "1", Field.CHARGE_POINT_MODEL, "M"));
        assertThat(boot("{\"chargingStation\": \"x\", \"iccid\": \"8\"}")).isEqualTo(Map.of(Field.ICCID, "8"));
    }

    /// Some chargers send numbers where OCPP has text. What tells two of them apart are the digits, not the value.
    @ParameterizedTest
    @ValueSource(strings = {"4711", "-1", "1.50", "1e3", "1E+3", "0.0", "-0", "89310410106543789301"})
    void keepsANumberAsItWasWritten(String number) throws IOException {
        assertThat(boot("{\"iccid\": %s, \"imsi\": \"x\", \"chargingStation\": {\"serialNumber\": %s}}"
                        .formatted(number, number)))
                .isEqualTo(Map.of(Field.ICCID, number, Field.IMSI, "x", Field.CHARGE_POINT_SERIAL_NUMBER, number));
    }

    @Test
    void keepsTheBeginningOfAnEndlessNumber() throws IOException {
        assertThat(boot("{\"iccid\": %s}".formatted("12".repeat(50_000))))
                .isEqualTo(Map.of(Field.ICCID, "12".repeat(127) + "1"));
    }

    @Test
    void keepsSerialNumbersOfTheFieldWhole() throws IOException {
        String serial = "EVB-P2146301-HW7-2023-06-00004711";
        assertThat(boot("{\"chargePointSerialNumber\": \"%s\", \"chargePointModel\": \"%s\"}"
                        .formatted(serial, serial)))
                .isEqualTo(Map.of(Field.CHARGE_POINT_SERIAL_NUMBER, serial, Field.CHARGE_POINT_MODEL, serial));
    }

    @Test
    void keepsWhatItCanOfATextThatThereIsNoRoomFor() throws IOException {
        assertThat(boot("""
            {"chargePointModel": "%s!", "chargePointVendor": " Volt\\u0000\\nValley\\ud800 ",
             "iccid": "\\u0007\\u200b", "imsi": "\\ud83d\\udd0c\\udc00"}
            """.formatted("x".repeat(255))))
                .isEqualTo(Map.of(
                        Field.CHARGE_POINT_MODEL, "x".repeat(255),
                        Field.CHARGE_POINT_VENDOR, "Volt  Valley",
                        Field.IMSI, "\ud83d\udd0c"));
    }

    /// All of it is what a charger wrote, so that the broker could not correct it.
    @ParameterizedTest
    @ValueSource(strings = {"7", "[]", "[{\"iccid\": \"8\"}]", "\"x\"", "null", "{\"iccid\": \"1\", \"\": 0, \"\": 0}"})
    void takesAnyPayloadForABoot(String payload) throws IOException {
        assertThat(read("{\"type\": \"boot\", %s, \"boot\": %s}".formatted(REST, payload))
                        .type())
                .isEqualTo(Type.BOOT);
    }

    @Test
    void doesNotMindWhatElseIsInABoot() throws IOException {
        for (String odd : List.of(
                "{\"a\": 1, \"a\": 2}",
                "[".repeat(50_000) + "]".repeat(50_000),
                "1".repeat(100_000),
                "-0." + "1".repeat(100_000) + "e" + "9".repeat(1000),
                "{\"" + "n".repeat(100_000) + "\": \"" + "v".repeat(100_000) + "\"}",
                collidingNames())) {
            String payload = "{\"customData\": " + odd + ", \"iccid\": \"8\"}";
            assertThat(boot(payload)).as(payload.substring(0, 40)).isEqualTo(Map.of(Field.ICCID, "8"));
        }
    }

    /// With the same hash, whatever a table of names begins it with: each character is added to 33 times what came
    /// before.
    private static String collidingNames() {
        StringBuilder names = new StringBuilder("{");
        for (int i = 0; i < 1 << 12; i++) {
            names.append(i == 0 ? "\"" : ", \"");
            for (int bit = 0; bit < 12; bit++) {
                names.append((i >> bit & 1) == 0 ? "Ab" : "BA");
            }
            names.append("\": 0");
        }
        return names.append('}').toString();
    }

    @Test
    void leavesItToTheRulesWhatAChargerShows() throws IOException {
        String endless = "x".repeat(50_000);
        BrokerEvent event = read("""
            {"type": "connect", "tls": true, "tenant": "%1$s", "identity": "%1$s", "clientCertificateCn": "%1$s",
             "authorization": "%1$s", "sourceIp": "192.0.2.1", "connectionId": "c", "at": "2026-03-01T09:29:00Z"}
            """.formatted(endless));
        assertThat(event.chargerEvent().tenant()).isEqualTo(endless);
        assertThat(event.chargerEvent().identity()).isEqualTo(endless);
        assertThat(event.credentials().clientCertificateCn()).contains(endless);
        assertThat(event.credentials().authorization()).contains(endless);
    }

    @Test
    void isBounded() throws IOException {
        String event = "{\"type\": \"boot\", %s, \"boot\": {}}".formatted(REST);
        String longest = event + " ".repeat(BrokerEvent.MAX_BYTES - event.length());
        assertThat(read(longest).type()).isEqualTo(Type.BOOT);
        assertThat(faults(longest + " ")).containsExactly("");
        assertThat(faults("[".repeat(10_000_000))).containsExactly("");
    }

    @Test
    void namesEveryFieldThatIsMissing() {
        assertThat(faults("{\"type\": \"boot\", %s}".formatted(REST))).containsExactly("/boot");
        assertThat(faults("{}"))
                .containsExactlyInAnyOrder("/type", "/tenant", "/identity", "/sourceIp", "/connectionId", "/at");
        assertThat(faults("{\"type\": \"connect\", %s}".formatted(REST))).containsExactly("/tls");
        assertThat(faults("""
            {"type": 1, "tenant": null, "identity": [], "sourceIp": {}, "connectionId": "a b", "at": "now", "tls": "no"}
            """))
                .containsExactlyInAnyOrder(
                        "/type", "/tenant", "/identity", "/sourceIp", "/connectionId", "/at", "/tls");
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "2001:db8::1", "::ffff:192.0.2.1"})
    void takesEveryAddress(String ip) throws IOException {
        assertThat(read(from(ip)).chargerEvent().sourceIp()).isEqualTo(ip);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "192.0.2.1:51234",
                "[2001:db8::1]",
                "[2001:db8::1]:443",
                "fe80::1%eth0",
                "192.0.2.0/24",
                "192.0.2",
                "192.0.2.256",
                "3221225985",
                "depot"
            })
    void refusesWhatIsNoAddress(String ip) {
        assertThat(faults(from(ip))).containsExactly("/sourceIp");
    }

    private static String from(String ip) {
        return """
            {"type": "connect", "tls": true, "tenant": "acme", "identity": "W1", "sourceIp": "%s", "connectionId": "c",
             "at": "2026-03-01T09:29:00Z"}
            """.formatted(ip);
    }

    @Test
    void readsABatchInItsOrder() throws IOException {
        BrokerEvent.Delivery batch = deliver("{\"newer\": 1, \"events\": [%s, %s]}"
                .formatted(from("192.0.2.1"), disconnect("2026-03-01T09:29:00Z")));
        assertThat(batch.isBatch()).isTrue();
        assertThat(batch.events())
                .extracting(read -> Objects.requireNonNull(read.event()).type())
                .containsExactly(Type.CONNECT, Type.DISCONNECT);
    }

    /// What one of them is says nothing of the others.
    @Test
    void takesAMalformedEventOfABatchForOneInItsPlace() throws IOException {
        String good = disconnect("2026-03-01T09:29:00Z");
        String large = "{\"type\": \"boot\", %s, \"boot\": {\"a\": \"%s\"}}"
                .formatted(REST, "x".repeat(BrokerEvent.MAX_BYTES));
        String twins = "{\"type\": \"boot\", \"type\": [{}], %s, \"boot\": {}}".formatted(REST);
        List<BrokerEvent.Read> events = deliver("{\"events\": [%s]}"
                        .formatted(String.join(
                                ",",
                                good,
                                "7",
                                "[[{}]]",
                                "null",
                                twins,
                                good,
                                "{}",
                                large,
                                "{\"events\": [%s]}".formatted(good),
                                good)))
                .events();
        assertThat(events)
                .extracting(read -> read.event() != null)
                .containsExactly(true, false, false, false, false, true, false, false, false, true);
        assertThat(Objects.requireNonNull(events.get(1).malformed())).hasMessage("the event must be a JSON object");
        assertThat(Objects.requireNonNull(events.get(4).malformed())).hasMessageContaining("use each once");
        assertThat(Objects.requireNonNull(events.get(7).malformed())).hasMessageContaining("256 KiB");
        assertThat(Objects.requireNonNull(events.get(8).malformed())).hasMessageContaining("/type is required");
    }

    /// In bytes, not in characters.
    @Test
    void boundsEachEventOfABatch() throws IOException {
        String event = "{\"type\": \"boot\", %s, \"boot\": {\"a\": \"%%s\"}}".formatted(REST);
        int room = BrokerEvent.MAX_BYTES - event.length() + 2;
        String longest = event.formatted("é".repeat(room / 2) + "x".repeat(room % 2));
        List<BrokerEvent.Read> events = deliver(
                        "{\"events\": [%s, %s]}".formatted(longest, longest.replaceFirst("é", "éx")))
                .events();
        assertThat(events).extracting(read -> read.event() != null).containsExactly(true, false);
    }

    @Test
    void refusesWhatIsNoBatch() throws IOException {
        String good = disconnect("2026-03-01T09:29:00Z");
        assertThat(deliver("{\"events\": [%s]}".formatted(String.join(",", Collections.nCopies(100, good))))
                        .events())
                .hasSize(100);
        assertThat(faults("{\"events\": [%s]}".formatted(String.join(",", Collections.nCopies(101, good)))))
                .containsExactly("/events");
        for (String none : List.of("[]", "{}", "null", "7")) {
            assertThat(faults("{\"events\": %s}".formatted(none))).as(none).containsExactly("/events");
        }
        assertThat(faults("{\"events\": [%s], \"type\": \"disconnect\"}".formatted(good)))
                .containsExactly("/events");
        assertThat(faults("{\"events\": [%s], \"events\": [%s]}".formatted(good, good)))
                .containsExactly("");
        assertThat(faults("{\"events\": [%s".formatted(good))).containsExactly("");
    }

    @Test
    void asksNoDisconnectWhereItCameFrom() throws IOException {
        assertThat(read("""
            {"type": "disconnect", "tenant": "acme", "identity": "W1", "connectionId": "c", "at": "2026-03-01T09:29:00Z"}
            """).type()).isEqualTo(Type.DISCONNECT);
    }

    @Test
    void ignoresWhatItDoesNotKnow() throws IOException {
        assertThat(read("{\"type\": \"connect\", \"tls\": false, \"newer\": {\"a\": [1]}, %s}".formatted(REST))
                        .credentials()
                        .tls())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "\"x\"", "{", "{\"type\": \"connect\"", "{\"type\": \"boot\", \"type\": \"connect\"}"})
    void refusesWhatIsNoObject(String text) {
        assertThat(faults(text)).containsExactly("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-01T09:35:00Z",
                "2026-03-01T10:35:00+01:00",
                "2026-03-01T10:35+01:00",
                "2000-01-01T00:00:00Z"
            })
    void takesATimeUpToFiveMinutesAhead(String at) throws IOException {
        assertThat(read(disconnect(at)).chargerEvent().at()).isBeforeOrEqualTo(NOW.plusSeconds(300));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-01T09:35:00.001Z",
                "2026-03-01T09:30:00",
                "1999-12-31T23:59:59Z",
                "",
                "2026-13-01T00:00:00Z",
                "-999999999-01-01T00:00:00+18:00",
                "+999999999-12-31T23:59:59-18:00"
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
        return read("{\"type\": \"boot\", %s, \"boot\": %s}".formatted(REST, payload))
                .nameplate()
                .values();
    }

    private static List<String> faults(String text) {
        MalformedEvent[] thrown = new MalformedEvent[1];
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(MalformedEvent.class)
                .satisfies(e -> thrown[0] = (MalformedEvent) e);
        return Arrays.stream(thrown)
                .flatMap(e -> e.faults().stream())
                .map(Fault::pointer)
                .toList();
    }

    private static BrokerEvent read(String text) throws IOException {
        BrokerEvent.Delivery delivery = deliver(text);
        assertThat(delivery.isBatch()).isFalse();
        return Objects.requireNonNull(delivery.events().getFirst().event());
    }

    private static BrokerEvent.Delivery deliver(String text) throws IOException {
        return BrokerEvent.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), NOW, "request");
    }
}
