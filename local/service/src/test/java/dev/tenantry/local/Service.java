package dev.tenantry.local;

import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.template.JwtDefinition;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// A local service of the test template on a free port, and a client of it.
final class Service implements AutoCloseable {

    static final String PORTAL = "http://localhost:3000";

    /// The small template, which the tests of what imitates AWS read as well.
    static final Path TEMPLATE = Path.of("../aws/src/test/resources/template.yaml");

    private final LocalService service;
    private final HttpClient client = HttpClient.newHttpClient();

    Service(Optional<Path> dataDirectory) {
        service = LocalService.start(options(0, dataDirectory));
    }

    /// One that takes the tokens of another issuer.
    Service(JwtDefinition jwt) {
        service = LocalService.start(options(0, Optional.empty(), Optional.of(jwt)));
    }

    static LocalOptions options(int port, Optional<Path> dataDirectory) {
        return options(port, dataDirectory, Optional.empty());
    }

    static LocalOptions options(int port, Optional<Path> dataDirectory, Optional<JwtDefinition> jwt) {
        return new LocalOptions(
                port,
                0,
                0,
                dataDirectory,
                PORTAL,
                Optional.of(PORTAL),
                jwt,
                "ocpp.localhost",
                "sub",
                "off",
                Duration.ofDays(7),
                LocalOptions.Limits.from(Map.of()),
                "whsec_local",
                true,
                true,
                false,
                TEMPLATE,
                Path.of("src/test/resources/openapi.yaml"),
                Path.of("src/test/resources/console"));
    }

    URI uri() {
        return service.uri();
    }

    URI dynamoDbUri() {
        return service.dynamoDbUri();
    }

    HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    HttpResponse<String> post(String path, String body, String... headers) {
        return send("POST", path, body, headers);
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service.uri() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new AssertionError(failure);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopping);
        }
    }

    /// A token for an e-mail address, from the service's own issuer.
    String token(Map<String, Object> claims) {
        String answer = post("/_local/token", Json.text(claims)).body();
        return Json.parse(answer).orElseThrow().path("access_token").asText();
    }

    @Override
    public void close() {
        client.close();
        service.close();
    }
}
