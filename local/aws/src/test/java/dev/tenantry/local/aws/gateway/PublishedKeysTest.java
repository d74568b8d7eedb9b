package dev.tenantry.local.aws.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.tenantry.local.aws.CannotStart;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.http.Request;
import dev.tenantry.local.aws.http.Response;
import dev.tenantry.local.aws.http.WebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedKeysTest {

    /// The common pool has one thread on two cores, and the HTTP client needs it to complete its answers.
    private static final Executor ELSEWHERE = task -> Thread.ofVirtual().start(task);

    private static final String METADATA = "/.well-known/openid-configuration";
    private static final RSAKey FIRST = newKey("first");
    private static final RSAKey SECOND = newKey("second");

    private final Map<String, Response> pages = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile Runnable beforeKeys = () -> {};
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final InstantSource time = () -> now;
    private WebServer server;
    private String issuer;

    @BeforeEach
    void start() throws IOException {
        server = WebServer.bind(0);
        server.serve(this::answer);
        issuer = server.uri().toString();
        publish(issuer, "/keys");
        publishKeys(FIRST);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void findsAKeyWhereTheMetadataSays() {
        assertThat(keys().find("first")).contains(FIRST.toPublicJWK());
        assertThat(keys().find("nobody's")).isEmpty();
    }

    @Test
    void readsNothingAgainForAKeyThatItHas() {
        PublishedKeys keys = keys();
        asked.clear();
        now = now.plus(Duration.ofMinutes(119));
        assertThat(keys.find("first")).isPresent();
        assertThat(asked).isEmpty();
    }

    @Test
    void findsANewKeyOfTheIssuer() {
        PublishedKeys keys = keys();
        publishKeys(SECOND);
        now = now.plusSeconds(10);
        assertThat(keys.find("second")).isPresent();
        assertThat(keys.find("first")).isEmpty();
    }

    @Test
    void doesNotAskForEachUnknownKey() {
        PublishedKeys keys = keys();
        asked.clear();
        now = now.plusSeconds(9);
        keys.find("unknown");
        assertThat(asked).isEmpty();
        now = now.plusSeconds(1);
        for (int i = 0; i < 100; i++) {
            keys.find("unknown" + i);
        }
        assertThat(asked).containsExactly("/keys");
    }

    @Test
    void forgetsAfterTwoHoursWhatIsPublishedNoMore() {
        PublishedKeys keys = keys();
        publishKeys(SECOND);
        now = now.plus(Duration.ofHours(2));
        assertThat(keys.find("first")).isEmpty();
    }

    @Test
    void goesOnWithItsKeysWhileTheIssuerFails() {
        PublishedKeys keys = keys();
        pages.clear();
        now = now.plus(Duration.ofHours(3));
        assertThat(keys.find("first")).isPresent();
    }

    @Test
    @Timeout(30)
    void refusesAnIssuerThatNeverComesToAnEnd() throws IOException {
        try (ServerSocket issuer = stalling()) {
            assertThatThrownBy(() -> PublishedKeys.of(
                            "http://127.0.0.1:" + issuer.getLocalPort(), Duration.ofSeconds(1), clock()))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining(METADATA + " did not answer within 1 seconds.");
        }
    }

    @Test
    @Timeout(30)
    void findsAKnownKeyWhileItWaitsForAnUnknownOne() throws Exception {
        CountDownLatch isAsked = new CountDownLatch(1);
        CountDownLatch mayAnswer = new CountDownLatch(1);
        PublishedKeys keys = keys();
        beforeKeys = () -> {
            isAsked.countDown();
            await(mayAnswer);
        };
        publishKeys(SECOND);
        now = now.plusSeconds(10);
        CompletableFuture<Optional<JWK>> unknown = CompletableFuture.supplyAsync(() -> keys.find("second"), ELSEWHERE);
        CompletableFuture<Optional<JWK>> another = CompletableFuture.supplyAsync(
                () -> {
                    await(isAsked);
                    return keys.find("second");
                },
                ELSEWHERE);
        await(isAsked);
        try {
            assertThat(keys.find("first")).isPresent();
        } finally {
            mayAnswer.countDown();
        }
        assertThat(unknown.get()).isPresent();
        assertThat(another.get()).isPresent();
        assertThat(asked).containsOnlyOnce(METADATA).filteredOn("/keys"::equals).hasSize(2);
    }

    @Test
    void takesAnIssuerThatEndsWithASlash() {
        publish(issuer + "/", "/keys");
        assertThat(PublishedKeys.of(issuer + "/", clock()).find("first")).isPresent();
        assertThat(asked).startsWith(METADATA);
    }

    @Test
    void refusesAnIssuerThatSaysItIsAnother() {
        publish("https://issuer.example", "/keys");
        assertThatThrownBy(this::keys)
                .isInstanceOf(CannotStart.class)
                .hasMessage("The issuer " + issuer + " can't be trusted: its metadata says that it is"
                        + " \"https://issuer.example\", and a token's iss has to be the same to the last character."
                        + " Start it before this service, or correct JWT_ISSUER.");
    }

    @Test
    void refusesAnIssuerThatIsNotThere() {
        server.close();
        assertThatThrownBy(this::keys)
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(issuer + METADATA + " can't be reached");
    }

    @Test
    void refusesAnIssuerWithoutMetadata() {
        pages.remove(METADATA);
        assertThatThrownBy(this::keys)
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(issuer + METADATA + " answered 404.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "null"})
    void refusesMetadataThatAreNone(String body) {
        pages.put(METADATA, Response.json(200, body));
        assertThatThrownBy(this::keys)
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("answered what is no JSON object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"keys\":1}", "<html>"})
    void refusesKeysThatAreNone(String body) {
        pages.put("/keys", Response.json(200, body));
        assertThatThrownBy(this::keys).isInstanceOf(CannotStart.class).hasMessageContaining(issuer + "/keys");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "keys", "file:///etc/passwd", "http:"})
    void refusesAPlaceOfKeysThatIsNone(String uri) {
        pages.put(METADATA, Response.json(200, Json.text(Map.of("issuer", issuer, "jwks_uri", uri))));
        assertThatThrownBy(this::keys).isInstanceOf(CannotStart.class).hasMessageContaining("can't be trusted");
    }

    /// Begins to answer, and goes no further.
    private static ServerSocket stalling() throws IOException {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(() -> {
            try {
                server.accept()
                        .getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{".getBytes(US_ASCII));
            } catch (IOException closed) {
                // The test is over.
            }
        });
        return server;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private PublishedKeys keys() {
        return PublishedKeys.of(issuer, clock());
    }

    private Clock clock() {
        return time.withZone(ZoneOffset.UTC);
    }

    private Response answer(Request request) {
        asked.add(request.path());
        if (request.path().equals("/keys")) {
            beforeKeys.run();
        }
        return pages.getOrDefault(request.path(), Response.of(404));
    }

    private void publish(String as, String keys) {
        URI uri = server.uri().resolve(keys);
        pages.put(METADATA, Response.json(200, Json.text(Map.of("issuer", as, "jwks_uri", uri.toString()))));
    }

    private void publishKeys(RSAKey key) {
        pages.put("/keys", Response.json(200, new JWKSet(key.toPublicJWK()).toString()));
    }

    private static RSAKey newKey(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException noRsa) {
            throw new AssertionError(noRsa);
        }
    }
}
