package dev.tenantry.stripe;

import dagger.Lazy;
import dev.tenantry.config.Settings;
import dev.tenantry.refusal.Refusal.BillingNotConfigured;
import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import dev.tenantry.upstream.Upstream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/// Stripe's keys from AWS Secrets Manager, kept for a while. They are asked for at the first request that needs them,
/// so a snapshot never holds one.
@Singleton
final class StripeSecrets {

    /// Whom an operator's log names.
    static final Upstream SECRETS_MANAGER = new Upstream("payment service", "Secrets Manager");

    /// How long keys are used without asking again: after that a rotated key is found even if the old one still
    /// works.
    static final Duration LIFETIME = Duration.ofMinutes(5);

    /// The least time between two looks because keys failed, or because there were none: whoever sends wrong
    /// signatures must not make us ask each time, nor must everyone wait for a Secrets Manager that is out of
    /// order.
    static final Duration PAUSE = Duration.ofSeconds(30);

    private final Lazy<SecretsManagerClient> secretsManager;
    private final Clock clock;
    private final Settings settings;
    private @Nullable StripeKeys keys;
    private Instant fetchedAt = Instant.EPOCH;
    private Instant triedAt = Instant.EPOCH;
    private String failure = "";

    @Inject
    StripeSecrets(Lazy<SecretsManagerClient> secretsManager, Clock clock, Settings settings) {
        this.secretsManager = secretsManager;
        this.clock = clock;
        this.settings = settings;
    }

    /// @throws BillingNotConfigured if there is no secret with keys here
    void requireConfigured() {
        var _ = settings.stripe();
    }

    /// The keys to use.
    ///
    /// @throws UpstreamUnavailable if there are none yet and Secrets Manager can't be asked or holds none
    synchronized StripeKeys keys() {
        StripeKeys known = keys;
        if (known == null) {
            if (justTried()) {
                throw unavailable(failure);
            }
            return fetch();
        }
        if (clock.instant().isBefore(fetchedAt.plus(LIFETIME)) || justTried()) {
            return known;
        }
        try {
            return fetch();
        } catch (UpstreamUnavailable e) {
            // The ones we have worked a moment ago.
            return known;
        }
    }

    /// Other keys than those that failed, if there are any by now.
    synchronized Optional<StripeKeys> instead(StripeKeys failed) {
        if (!failed.equals(keys)) {
            return Optional.ofNullable(keys);
        }
        if (justTried()) {
            return Optional.empty();
        }
        try {
            return Optional.of(fetch()).filter(fresh -> !fresh.equals(failed));
        } catch (UpstreamUnavailable e) {
            return Optional.empty();
        }
    }

    private boolean justTried() {
        return clock.instant().isBefore(triedAt.plus(PAUSE));
    }

    private StripeKeys fetch() {
        String secretId = settings.stripe().secretId();
        triedAt = clock.instant();
        failure = "the look before this one failed";
        try {
            StripeKeys fetched = StripeKeys.parse(Optional.ofNullable(secretsManager
                            .get()
                            .getSecretValue(get -> get.secretId(secretId))
                            .secretString())
                    .orElse(""));
            keys = fetched;
            fetchedAt = triedAt;
            return fetched;
        } catch (SdkException e) {
            throw unavailable(reason(e));
        } catch (IllegalStateException e) {
            throw unavailable(String.valueOf(e.getMessage()));
        }
    }

    private UpstreamUnavailable unavailable(String reason) {
        failure = reason;
        return SECRETS_MANAGER.unavailable(reason);
    }

    /// Codes only: a message may name more than a log should.
    private static String reason(SdkException failure) {
        if (failure instanceof AwsServiceException refused && refused.awsErrorDetails() != null) {
            return refused.statusCode() + " " + refused.awsErrorDetails().errorCode();
        }
        return failure.getClass().getSimpleName();
    }
}
