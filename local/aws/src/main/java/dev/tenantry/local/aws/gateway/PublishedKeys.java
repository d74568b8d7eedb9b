package dev.tenantry.local.aws.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.tenantry.local.aws.CannotStart;
import dev.tenantry.local.aws.http.Json;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The keys that an issuer publishes where its metadata says (OpenID Connect Discovery 1.0, section 4), kept as long
/// as API Gateway may keep them (Amazon API Gateway Developer Guide, "Control access to HTTP APIs with JWT
/// authorizers").
public final class PublishedKeys implements KeySource {

    private static final Duration KEPT = Duration.ofHours(2);

    /// A flood of tokens with made-up keys must not become a flood of requests to the issuer.
    private static final Duration BETWEEN_READS = Duration.ofSeconds(10);

    /// For an answer as a whole. A request's own timeout ends with the headers, and the body may come never.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final long LARGEST_BYTES = 1024 * 1024;

    private final HttpClient client;
    private final URI uri;
    private final Duration patience;
    private final Clock clock;
    private volatile Known known;
    private Instant triedAt;

    private record Known(JWKSet keys, Instant until) {

        Optional<JWK> find(String keyId) {
            return Optional.ofNullable(keys.getKeyByKeyId(keyId));
        }
    }

    private PublishedKeys(HttpClient client, URI uri, Duration patience, Clock clock) throws Unreadable {
        this.client = client;
        this.uri = uri;
        this.patience = patience;
        this.clock = clock;
        this.triedAt = clock.instant();
        this.known = read(triedAt);
    }

    /// Reads an issuer's metadata and its keys.
    ///
    /// @throws CannotStart if it can't be reached, or is not who it is taken for. API Gateway makes no authorizer
    ///                     of such an issuer either.
    public static PublishedKeys of(String issuer, Clock clock) {
        return of(issuer, PATIENCE, clock);
    }

    /// @param patience for each answer of the issuer
    static PublishedKeys of(String issuer, Duration patience, Clock clock) {
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        // An issuer that ends with a slash, such as Auth0's, has one there, not two.
        String metadata = issuer.replaceFirst("/$", "") + "/.well-known/openid-configuration";
        try {
            return new PublishedKeys(
                    client, keysOf(issuer, json(client, URI.create(metadata), patience)), patience, clock);
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
    public Optional<JWK> find(String keyId) {
        Known atHand = known;
        Optional<JWK> key = atHand.find(keyId);
        // Without a lock: what is known does not wait for an issuer that is asked about something else.
        if (key.isEmpty() || !clock.instant().isBefore(atHand.until())) {
            readAgain();
            key = known.find(keyId);
        }
        return key;
    }

    /// One at a time. Who has waited for another's answer finds that it is fresh.
    private synchronized void readAgain() {
        Instant now = clock.instant();
        if (now.isBefore(triedAt.plus(BETWEEN_READS))) {
            return;
        }
        triedAt = now;
        try {
            known = read(now);
        } catch (Unreadable unreadable) {
            // The keys at hand are better than none.
            System.err.println("The issuer's keys can't be read again: " + unreadable.getMessage());
        }
    }

    private Known read(Instant now) throws Unreadable {
        try {
            return new Known(JWKSet.parse(Json.text(json(client, uri, patience))), now.plus(KEPT));
        } catch (ParseException noKeys) {
            throw new Unreadable(uri + " has no JSON Web Key Set.");
        }
    }

    private static JsonNode json(HttpClient client, URI uri, Duration patience) throws Unreadable {
        HttpResponse<String> answer;
        try {
            answer = answer(client, HttpRequest.newBuilder(uri), patience);
        } catch (ExecutionException | IllegalArgumentException unreachable) {
            Throwable cause = unreachable.getCause() == null ? unreachable : unreachable.getCause();
            String reason = cause.getMessage();
            throw new Unreadable(
                    uri + " can't be reached (" + (reason == null ? "nothing answers there" : reason) + ").");
        } catch (TimeoutException tooSlow) {
            throw new Unreadable(uri + " did not answer within " + patience.toSeconds() + " seconds.");
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

    private static HttpResponse<String> answer(HttpClient client, HttpRequest.Builder request, Duration patience)
            throws ExecutionException, TimeoutException, InterruptedException {
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(
                request.header("accept", "application/json").build(),
                BodyHandlers.limiting(BodyHandlers.ofString(), LARGEST_BYTES));
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            // Of an answer that is there it changes nothing.
            answer.cancel(true);
        }
    }

    private static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1L;

        Unreadable(String reason) {
            super(reason);
        }
    }
}
