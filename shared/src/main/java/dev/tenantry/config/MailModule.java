package dev.tenantry.config;

import dagger.Binds;
import dagger.Module;
import dagger.Provides;
import dev.tenantry.mail.Mailer;
import dev.tenantry.mail.SesMailer;
import java.time.Duration;
import javax.inject.Singleton;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.SesV2ClientBuilder;

/// What sending mail needs from outside.
@Module
public abstract class MailModule {

    /// Bounds of one mail, well within a function's time limit.
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

    /// Longest that one mail takes.
    public static final Duration TIMEOUT = Duration.ofSeconds(5);

    private MailModule() {}

    @Binds
    abstract Mailer mailer(SesMailer mailer);

    /// Made at the first mail: most requests send none.
    @Provides
    @Singleton
    static SesV2Client ses(Settings settings) {
        SesV2ClientBuilder client = SesV2Client.builder()
                .region(Region.of(settings.region()))
                .credentialsProvider(ExecutionRole.credentials(settings.credentials()))
                .httpClient(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .socketTimeout(TIMEOUT)
                        .build())
                .overrideConfiguration(configuration -> configuration
                        .defaultProfileFile(ExecutionRole.NO_PROFILES)
                        .apiCallTimeout(TIMEOUT)
                        // SES takes no idempotency token: a try whose answer got lost, tried again, could be a second mail.
                        // Whether to send again is the caller's to decide.
                        .retryStrategy(DefaultRetryStrategy.doNotRetry()));
        settings.sesEndpoint().ifPresent(client::endpointOverride);
        return client.build();
    }
}
