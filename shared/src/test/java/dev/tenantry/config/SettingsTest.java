package dev.tenantry.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.config.Settings.AccessKeys;
import dev.tenantry.refusal.Refusal.BillingNotConfigured;
import dev.tenantry.refusal.Refusal.MailNotConfigured;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private final Map<String, String> environment = new HashMap<>(Map.of(
            "TABLE_NAME", "Table",
            "BROKER_DOMAIN", "ocpp.example.com",
            "AWS_REGION", "eu-central-1",
            "AWS_ACCESS_KEY_ID", "id",
            "AWS_SECRET_ACCESS_KEY", "hidden",
            "AWS_SESSION_TOKEN", "token"));

    @Test
    void usesTheRolesKeys() {
        assertThat(Settings.of(environment).credentials())
                .contains(new AccessKeys("id", "hidden", Optional.of("token")));
    }

    @Test
    void keepsNoKeysForASnapshotThatOutlivesThem() {
        environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");

        assertThat(Settings.of(environment).snapStart()).isTrue();
        assertThat(Settings.of(environment).credentials()).isEmpty();
    }

    @Test
    void tellsPeopleApartByTheirSubUnlessTold() {
        assertThat(Settings.of(environment).userIdClaim()).isEqualTo("sub");
        environment.put("USER_ID_CLAIM", "oid");
        assertThat(Settings.of(environment).userIdClaim()).isEqualTo("oid");
    }

    /// As the template sets what an operator has left out.
    @Test
    void refusesWhatNeedsMailOrStripeWhereTheyAreLeftOut() {
        environment.putAll(Map.of("MAIL_SENDER", "", "PORTAL_URL", "", "INVITE_TTL", "P7D", "STRIPE_SECRET_ID", ""));
        Settings settings = Settings.of(environment);

        assertThatThrownBy(settings::invites).isInstanceOf(MailNotConfigured.class);
        assertThatThrownBy(settings::stripe).isInstanceOf(BillingNotConfigured.class);
    }

    @Test
    void insistsOnAPortalWhereThereIsMail() {
        environment.putAll(Map.of("MAIL_SENDER", "no-reply@example.com", "PORTAL_URL", "", "INVITE_TTL", "P7D"));

        assertThatThrownBy(() -> Settings.of(environment))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("PORTAL_URL");
    }

    @Test
    void printsNoSecret() {
        assertThat(Settings.of(environment).toString()).doesNotContain("hidden").doesNotContain("token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TABLE_NAME", "BROKER_DOMAIN", "AWS_REGION", "AWS_SECRET_ACCESS_KEY"})
    void namesWhatIsMissing(String name) {
        environment.remove(name);

        assertThatThrownBy(() -> Settings.of(environment))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(name);
    }
}
