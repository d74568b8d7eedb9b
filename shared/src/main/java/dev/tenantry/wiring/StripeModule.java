package dev.tenantry.wiring;

import dagger.Binds;
import dagger.Module;
import dagger.Provides;
import dev.tenantry.billing.Payments;
import dev.tenantry.config.Settings;
import dev.tenantry.stripe.StripePayments;
import java.time.Duration;
import java.util.Optional;
import javax.inject.Singleton;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/// What billing needs from outside.
@Module
public abstract class StripeModule {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    /// Bounds of one look at the secret, which stands at the beginning of what Stripe is asked and shares its time.
    private static final CallBounds BOUNDS = new CallBounds(Duration.ofSeconds(1), TIMEOUT, Optional.of(TIMEOUT), 2);

    private StripeModule() {}

    @Binds
    abstract Payments payments(StripePayments payments);

    /// Made at the first request that needs Stripe's keys.
    @Provides
    @Singleton
    static SecretsManagerClient secretsManager(Settings settings) {
        return BOUNDS.client(SecretsManagerClient.builder(), settings, settings.secretsEndpoint());
    }
}
