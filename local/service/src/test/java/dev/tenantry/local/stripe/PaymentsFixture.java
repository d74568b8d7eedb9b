package dev.tenantry.local.stripe;

import dev.tenantry.billing.Payments;
import dev.tenantry.config.Settings;
import dev.tenantry.local.aws.fault.Faults;
import dev.tenantry.local.aws.http.Endpoint;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.http.WebServer;
import dev.tenantry.local.aws.secrets.SecretsStandIn;
import dev.tenantry.stripe.StripeSignature;
import dev.tenantry.testing.TestClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The adapter, with stand-ins for what it talks to.
final class PaymentsFixture implements AutoCloseable {

    private final List<WebServer> servers = new ArrayList<>();
    final TestClock clock = new TestClock();
    final SecretsStandIn secrets = new SecretsStandIn();
    final Faults faults = new Faults();
    final StripeStandIn stripe = new StripeStandIn(clock, faults, Optional.empty());
    final Payments payments;
    final StripeSignature signature;

    PaymentsFixture() {
        this(Optional.empty());
    }

    /// @param api another Stripe
    PaymentsFixture(Optional<URI> api) {
        this(api, Optional.empty());
    }

    static PaymentsFixture withSecretsAt(URI secretsManager) {
        return new PaymentsFixture(Optional.empty(), Optional.of(secretsManager));
    }

    private PaymentsFixture(Optional<URI> api, Optional<URI> secretsManager) {
        keys(StripeStandIn.API_KEY, "whsec_1");
        Adapter adapter = DaggerAdapter.factory()
                .create(
                        Settings.of(Map.of(
                                "TABLE_NAME", "none",
                                "BROKER_DOMAIN", "ocpp.example.com",
                                "AWS_REGION", "eu-central-1",
                                "AWS_ACCESS_KEY_ID", "any",
                                "AWS_SECRET_ACCESS_KEY", "any",
                                "STRIPE_SECRET_ID", "stripe",
                                "STRIPE_API_BASE",
                                        api.orElseGet(() -> serve(stripe)).toString(),
                                "AWS_ENDPOINT_URL_SECRETS_MANAGER",
                                        secretsManager
                                                .orElseGet(() -> serve(secrets))
                                                .toString())),
                        clock);
        payments = adapter.payments();
        signature = adapter.signature();
    }

    void keys(String apiKey, String... webhookSecrets) {
        secrets.put("stripe", Json.text(Map.of("apiKey", apiKey, "webhookSecrets", webhookSecrets)));
    }

    Instant soon() {
        return clock.instant().plus(Duration.ofSeconds(20));
    }

    private URI serve(Endpoint endpoint) {
        try {
            WebServer server = WebServer.bind(0);
            server.serve(endpoint);
            servers.add(server);
            return server.uri();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        servers.forEach(WebServer::close);
    }
}
