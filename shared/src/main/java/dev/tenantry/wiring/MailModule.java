package dev.tenantry.wiring;

import dagger.Binds;
import dagger.Module;
import dagger.Provides;
import dev.tenantry.config.Settings;
import dev.tenantry.mail.Mailer;
import dev.tenantry.mail.SesMailer;
import java.time.Duration;
import java.util.Optional;
import javax.inject.Singleton;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/// What sending mail needs from outside.
@Module
public abstract class MailModule {

    /// Longest that one mail takes, well within a function's time limit.
    public static final Duration TIMEOUT = Duration.ofSeconds(5);

    /// SES takes no idempotency token: a try whose answer got lost, tried again, could be a second mail. Whether to
    /// send again is the caller's to decide.
    private static final CallBounds BOUNDS = new CallBounds(Duration.ofSeconds(1), TIMEOUT, Optional.of(TIMEOUT), 1);

    private MailModule() {}

    @Binds
    abstract Mailer mailer(SesMailer mailer);

    /// Made at the first mail: most requests send none.
    @Provides
    @Singleton
    static SesV2Client ses(Settings settings) {
        return BOUNDS.client(SesV2Client.builder(), settings, settings.sesEndpoint());
    }
}
