package dev.tenantry.config;

import dagger.Binds;
import dagger.Module;
import dagger.Provides;
import dev.tenantry.billing.Payments;
import dev.tenantry.stripe.StripePayments;
import java.time.Duration;
import javax.inject.Singleton;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;

/// What billing needs from outside.
@Module
public abstract class StripeModule {

    /// Bounds of one look at the secret, which stands at the beginning of what Stripe is asked and shares its time.
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private StripeModule() {}

    @Binds
    abstract Payments payments(StripePayments payments);

    /// Made at the first request that needs Stripe's keys.
    @Provides
    @Singleton
    static SecretsManagerClient secretsManager(Settings settings) {
        SecretsManagerClientBuilder client = SecretsManagerClient.builder()
                .region(Region.of(settings.region()))
                .credentialsProvider(ExecutionRole.credentials(settings.credentials()))
                .httpClient(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .socketTimeout(TIMEOUT)
                        .build())
                .overrideConfiguration(configuration -> configuration
                        .defaultProfileFile(ExecutionRole.NO_PROFILES)
                        .apiCallTimeout(TIMEOUT)
                        .retryStrategy(StandardRetryStrategy.builder().maxAttempts(2).build()));
        settings.secretsEndpoint().ifPresent(client::endpointOverride);
        return client.build();
    }
}
