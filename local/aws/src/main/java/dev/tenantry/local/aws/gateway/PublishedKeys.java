package dev.tenantry.local.aws.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.tenantry.local.aws.CannotStart;
import dev.tenantry.local.aws.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The keys that an issuer publishes where its metadata says (OpenID Connect Discovery 1.0, section 4), kept as long
/// as API Gateway may keep them (Amazon API Gateway Developer Guide, "Control access to HTTP APIs with JWT
/// authorizers").
public final class PublishedKeys implements KeySource {

    private static final Duration KEPT = Duration.ofHours(2);

    /// A flood of tokens with made-up keys must not become a flood of requests to the issuer.
    private static final Duration BETWEEN_READS = Duration.ofSeconds(10);

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long LARGEST_BYTES = 1024 * 1024;

    private final HttpClient client;
    private final URI uri;
    private final Clock clock;
    private JWKSet keys;
    private Instant readAt;
    private Instant triedAt;

    private PublishedKeys(HttpClient client, URI uri, Clock clock) throws Unreadable {
        this.client = client;
        this.uri = uri;
        this.clock = clock;
        this.keys = keys(client, uri);
        this.readAt = clock.instant();
        this.triedAt = readAt;
    }

    /// Reads an issuer's metadata and its keys.
    ///
    /// @throws CannotStart if it can't be reached, or is not who it is taken for. API Gateway makes no authorizer
    ///                     of such an issuer either.
    public static PublishedKeys of(String issuer, Clock clock) {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        // An issuer that ends with a slash, such as Auth0's, has one there, not two.
        String metadata = issuer.replaceFirst("/$", "") + "/.well-known/openid-configuration";
        try {
            return new PublishedKeys(client, keysOf(issuer, json(client, URI.create(metadata))), clock);
        } catch (Unreadable unreadable) {
            throw new CannotStart(
                    "The issuer " + issuer + " can't be trusted: " + unreadable.getMessage()
                            + " Start it before this service, or correct JWT_ISSUER.",
                    unreadable);
        }
    }

    private static URI keysOf(String issuer, JsonNode metadata) throws Unreadable {
        String says = metadata.path("issuer").asText();
        if (!says.equals(issuer)) {
            throw new Unreadable("its metadata says that it is \"" + says
                    + "\", and a token's iss has to be the same to the last character.");
        }
        try {
            return new URI(metadata.path("jwks_uri").asText()).parseServerAuthority();
        } catch (URISyntaxException malformed) {
            throw new Unreadable("its metadata has no jwks_uri that is a URL.");
        }
    }

    @Override
    public synchronized Optional<JWK> find(String keyId) {
        Instant now = clock.instant();
        boolean wanted = keys.getKeyByKeyId(keyId) == null || !now.isBefore(readAt.plus(KEPT));
        if (wanted && !now.isBefore(triedAt.plus(BETWEEN_READS))) {
            triedAt = now;
            try {
                keys = keys(client, uri);
                readAt = now;
            } catch (Unreadable unreadable) {
                // The keys at hand are better than none.
                System.err.println("The issuer's keys can't be read again: " + unreadable.getMessage());
            }
        }
        return Optional.ofNullable(keys.getKeyByKeyId(keyId));
    }

    private static JWKSet keys(HttpClient client, URI uri) throws Unreadable {
        try {
            return JWKSet.parse(Json.text(json(client, uri)));
        } catch (ParseException noKeys) {
            throw new Unreadable(uri + " has no JSON Web Key Set.");
        }
    }

    private static JsonNode json(HttpClient client, URI uri) throws Unreadable {
        HttpResponse<String> answer;
        try {
            answer = client.send(
                    HttpRequest.newBuilder(uri)
                            .timeout(PATIENCE)
                            .header("accept", "application/json")
                            .build(),
                    BodyHandlers.limiting(BodyHandlers.ofString(), LARGEST_BYTES));
        } catch (IOException | IllegalArgumentException unreachable) {
            String reason = unreachable.getMessage();
            throw new Unreadable(
                    uri + " can't be reached (" + (reason == null ? "nothing answers there" : reason) + ").");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new Unreadable(uri + " was not read, since the service stops.");
        }
        if (answer.statusCode() != 200) {
            throw new Unreadable(uri + " answered " + answer.statusCode() + ".");
        }
        return Json.parse(answer.body())
                .filter(JsonNode::isObject)
                .orElseThrow(() -> new Unreadable(uri + " answered what is no JSON object."));
    }

    private static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1L;

        Unreadable(String reason) {
            super(reason);
        }
    }
}
