package dev.tenantry.local.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dagger.BindsInstance;
import dagger.Component;
import dev.tenantry.config.Settings;
import dev.tenantry.dns.NameServers;
import dev.tenantry.dns.TxtAnswer;
import dev.tenantry.local.aws.dns.NameServer;
import dev.tenantry.local.aws.dns.TxtZone;
import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameServersTest {

    private static final String NAME = "_tenantry-challenge.ocpp.acme.example";

    private final TxtZone zone = new TxtZone();
    private final NameServer server = NameServer.start(zone);
    private final NameServers servers = servers(server.uri().toString());

    /// The real client, as functions get it.
    @Component
    interface Fixture {
        NameServers nameServers();

        @Component.Factory
        interface Factory {
            Fixture create(@BindsInstance Settings settings, @BindsInstance Clock clock);
        }
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void findsWhatIsPublished() {
        zone.publish(NAME.toUpperCase(java.util.Locale.ROOT) + ".", List.of("tenantry-domain=0", "v=spf1 -all"));
        assertThat(servers.at(NAME, soon()))
                .isInstanceOfSatisfying(
                        TxtAnswer.Values.class,
                        found -> assertThat(found.values())
                                .contains("tenantry-domain=0")
                                .hasSize(2));
    }

    @Test
    void findsTextAsItWasWritten() {
        List<String> values = List.of(" tenantry-domain=0 ", "v=spf1 -all", "say \"hi\"", "back\\slash", "\"quoted\"");
        zone.publish(NAME, values);
        assertThat(servers.at(NAME, soon()))
                .isInstanceOfSatisfying(
                        TxtAnswer.Values.class,
                        found -> assertThat(found.values()).containsExactlyInAnyOrderElementsOf(values));
    }

    /// More than a datagram holds: the client asks once more over TCP.
    @Test
    void findsItAmongMuchElse() {
        zone.publish(NAME, List.of("x".repeat(900), "y".repeat(900), "tenantry-domain=0", "z".repeat(900)));
        assertThat(servers.at(NAME, soon()))
                .isInstanceOfSatisfying(
                        TxtAnswer.Values.class,
                        found -> assertThat(found.values())
                                .contains("tenantry-domain=0")
                                .hasSize(4));
    }

    @Test
    void tellsANameThatIsNotThere() {
        assertThat(servers.at(NAME, soon())).isEqualTo(new TxtAnswer.NoSuchName());
    }

    @Test
    void findsNothingUnderANameWithoutText() throws IOException {
        try (DatagramSocket answering = answering(0)) {
            assertThat(servers(uri(answering)).at(NAME, soon())).isEqualTo(new TxtAnswer.Values(List.of()));
        }
    }

    @Test
    void tellsThatTheDomainsServersAreBroken() throws IOException {
        try (DatagramSocket answering = answering(2)) {
            assertThat(servers(uri(answering)).at(NAME, soon())).isEqualTo(new TxtAnswer.Broken());
        }
    }

    /// Format error, not implemented, refused: what the machine's own servers have against it, not the domain's.
    @ParameterizedTest
    @ValueSource(ints = {1, 4, 5})
    void failsIfItMayNotAsk(int code) throws IOException {
        try (DatagramSocket answering = answering(code)) {
            NameServers refusing = servers(uri(answering));
            assertThatThrownBy(() -> refusing.at(NAME, soon())).isInstanceOf(UpstreamUnavailable.class);
        }
    }

    @Test
    void givesUpAtTheDeadline() throws IOException {
        try (DatagramSocket silent = loopback()) {
            NameServers hanging = servers(uri(silent));
            Instant deadline = Instant.now().plusMillis(300);
            assertThatThrownBy(() -> hanging.at(NAME, deadline))
                    .isInstanceOfSatisfying(UpstreamUnavailable.class, failure -> {
                        assertThat(failure.upstream()).isEqualTo("domain name system");
                        assertThat(failure.reason()).isEqualTo("DNS: no answer in time");
                    });
            assertThatThrownBy(() -> servers.at(NAME, Instant.now().minusMillis(1)))
                    .isInstanceOf(UpstreamUnavailable.class);
        }
    }

    @Test
    void preparesWithoutAnybodyToAsk() {
        servers.prepare();
    }

    /// Answers each question with this code and no record.
    private static DatagramSocket answering(int code) throws IOException {
        DatagramSocket socket = loopback();
        Thread.ofVirtual().start(() -> {
            byte[] buffer = new byte[512];
            while (!socket.isClosed()) {
                try {
                    DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                    socket.receive(packet);
                    buffer[2] |= (byte) 0x80;
                    buffer[3] = (byte) (0x80 | code);
                    socket.send(packet);
                } catch (IOException e) {
                    // Closed.
                }
            }
        });
        return socket;
    }

    private static DatagramSocket loopback() throws IOException {
        return new DatagramSocket(0, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    }

    private static String uri(DatagramSocket socket) {
        return "dns://127.0.0.1:" + socket.getLocalPort();
    }

    private static Instant soon() {
        return Instant.now().plus(Duration.ofSeconds(30));
    }

    private static NameServers servers(String uri) {
        return DaggerNameServersTest_Fixture.factory()
                .create(
                        Settings.of(Map.of(
                                "TABLE_NAME", "table",
                                "BROKER_DOMAIN", "ocpp.example.com",
                                "AWS_REGION", "eu-central-1",
                                "NAME_SERVER", uri)),
                        Clock.systemUTC())
                .nameServers();
    }
}
