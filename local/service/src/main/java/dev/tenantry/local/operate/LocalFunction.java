package dev.tenantry.local.operate;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/// The function of a local service, by Lambda's API.
final class LocalFunction implements OperatorFunction {

    private final URI invocations;

    /// @param service where it answers
    LocalFunction(URI service) {
        this.invocations = service.resolve("/2015-03-31/functions/OperatorFunction/invocations");
    }

    @Override
    public Answer invoke(String event) throws IOException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(invocations)
                            .POST(HttpRequest.BodyPublishers.ofString(event))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException("it answers " + response.statusCode() + " " + response.body());
            }
            return new Answer(
                    response.body(),
                    response.headers().firstValue("x-amz-function-error").isPresent());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
