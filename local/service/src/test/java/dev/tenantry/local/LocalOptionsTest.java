package dev.tenantry.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.local.aws.CannotStart;
import dev.tenantry.local.aws.template.JwtDefinition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalOptionsTest {

    private static final Path ROOT = Path.of("/project");

    @Test
    void hasADefaultForEverything() {
        LocalOptions options = LocalOptions.from(Map.of(), ROOT);
        assertThat(options.port()).isEqualTo(8080);
        assertThat(options.dataDirectory()).isEmpty();
        assertThat(options.portalOrigins()).isEqualTo("http://localhost:3000");
        assertThat(options.brokerDomain()).isEqualTo("ocpp.localhost");
        assertThat(options.userIdClaim()).isEqualTo("sub");
        assertThat(options.inviteTtl()).isEqualTo(Duration.ofDays(7));
        assertThat(options.portalUrl()).as("links lead to the console").isEmpty();
        assertThat(options.mail()).isTrue();
        assertThat(options.stripe()).isTrue();
        assertThat(options.demo()).isTrue();
        assertThat(options.template()).isEqualTo(Path.of("/project/template.yaml"));
    }

    @Test
    void takesWhatTheEnvironmentSays() {
        LocalOptions options = LocalOptions.from(Map.of("PORT", "0", "DATA_DIR", "/data", "DEMO", "0"), ROOT);
        assertThat(options.demo()).isFalse();
        assertThat(options.port()).isZero();
        assertThat(options.dataDirectory()).contains(Path.of("/data"));
    }

    @Test
    void leavesOutWhatADeploymentCan() {
        LocalOptions options = LocalOptions.from(Map.of("MAIL", "0", "STRIPE", "0"), ROOT);
        assertThat(options.mail()).isFalse();
        assertThat(options.stripe()).isFalse();
        assertThatThrownBy(() -> LocalOptions.from(Map.of("MAIL", "no"), ROOT))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("MAIL must be 1 (invites can be sent) or 0 (none)");
        assertThatThrownBy(() -> LocalOptions.from(Map.of("STRIPE", ""), ROOT))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("STRIPE must be 1 (a local Stripe) or 0 (none)");
    }

    @Test
    void takesALimitOfChargersWithinTheTemplatesBounds() {
        assertThat(LocalOptions.from(Map.of("CHARGERS_PER_TENANT", "1000000"), ROOT)
                        .limits()
                        .chargersPerTenant())
                .isEqualTo(1_000_000);
        for (String limit : List.of("0", "-1", "1e3", "", "1000001", "99999999999")) {
            assertThatThrownBy(() -> LocalOptions.from(Map.of("CHARGERS_PER_TENANT", limit), ROOT))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("CHARGERS_PER_TENANT must be a number from 1 to 1000000");
        }
    }

    @Test
    void takesTheOtherLimitsWithinTheTemplatesBounds() {
        LocalOptions.Limits usual = LocalOptions.from(Map.of(), ROOT).limits();
        assertThat(usual).isEqualTo(new LocalOptions.Limits(100_000, "anyone", 10, 200, 20, 60, 30));
        assertThat(LocalOptions.from(
                                Map.of(
                                        "TENANT_CREATION", "operator",
                                        "TENANTS_PER_PERSON", "3",
                                        "INVITES_PER_DAY", "4",
                                        "INVITES_PER_ADDRESS", "5",
                                        "INVITE_COOLDOWN_SECONDS", "0",
                                        "RETENTION_DAYS", "7"),
                                ROOT)
                        .limits())
                .isEqualTo(new LocalOptions.Limits(100_000, "operator", 3, 4, 5, 0, 7));
        Map<String, String> wrong = Map.of(
                "TENANT_CREATION", "nobody",
                "TENANTS_PER_PERSON", "0",
                "INVITES_PER_DAY", "100001",
                "INVITES_PER_ADDRESS", "1001",
                "INVITE_COOLDOWN_SECONDS", "86401");
        wrong.forEach((name, value) -> assertThatThrownBy(() -> LocalOptions.from(Map.of(name, value), ROOT))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(name + " must be"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http", "-1", "65536", "80 80"})
    void refusesABadPort(String port) {
        assertThatThrownBy(() -> LocalOptions.from(Map.of("PORT", port), ROOT))
                .isInstanceOf(CannotStart.class)
                .hasMessage("PORT must be a number from 0 (any free port) to 65535, not \"" + port + "\".");
    }

    @Test
    void takesAnotherClaimThatTellsPeopleApart() {
        for (String claim : List.of("oid", "custom:employee_id", "https://example.com/uid", "employee-id", "x.y")) {
            assertThat(LocalOptions.from(Map.of("USER_ID_CLAIM", claim), ROOT).userIdClaim())
                    .isEqualTo(claim);
        }
        for (String claim : List.of("", " ", "o id", "1", ":x", "x|y", "x".repeat(101))) {
            assertThatThrownBy(() -> LocalOptions.from(Map.of("USER_ID_CLAIM", claim), ROOT))
                    .isInstanceOf(CannotStart.class)
                    .hasMessage("USER_ID_CLAIM must be the name of a claim such as sub or oid, not \"" + claim + "\".");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"email", "email_verified", "given_name", "name", "iss", "aud", "exp", "nbf", "jti", "scope"})
    void refusesAClaimThatMeansSomethingElseInItsOwnTokens(String claim) {
        assertThatThrownBy(() -> LocalOptions.from(Map.of("USER_ID_CLAIM", claim), ROOT))
                .isInstanceOf(CannotStart.class)
                .hasMessageStartingWith("USER_ID_CLAIM must not be " + claim + ", which means something else");
        Map<String, String> foreign =
                Map.of("USER_ID_CLAIM", claim, "JWT_ISSUER", "https://login.example", "JWT_AUDIENCE", "portal");
        assertThat(LocalOptions.from(foreign, ROOT).userIdClaim()).isEqualTo(claim);
    }

    @Test
    void takesWhatASubscriptionDecides() {
        assertThat(LocalOptions.from(Map.of(), ROOT).subscriptionEnforcement()).isEqualTo("off");
        for (String enforcement : List.of("off", "registration", "connection")) {
            assertThat(LocalOptions.from(Map.of("SUBSCRIPTION_ENFORCEMENT", enforcement), ROOT)
                            .subscriptionEnforcement())
                    .isEqualTo(enforcement);
        }
        for (String other : List.of("", "OFF", "on", "false")) {
            assertThatThrownBy(() -> LocalOptions.from(Map.of("SUBSCRIPTION_ENFORCEMENT", other), ROOT))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("SUBSCRIPTION_ENFORCEMENT must be off, registration or connection");
        }
    }

    @Test
    void takesAnotherLifetimeOfInvitesAndTheFirstPortal() {
        LocalOptions options =
                LocalOptions.from(Map.of("INVITE_TTL", "PT2S", "PORTAL_ORIGINS", "http://a:1, http://b:2"), ROOT);
        assertThat(options.inviteTtl()).isEqualTo(Duration.ofSeconds(2));
        assertThat(options.portalUrl()).contains("http://a:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "7d", "P0D", "-P1D", "P1Y", "P3651D"})
    void refusesABadLifetimeOfInvites(String ttl) {
        assertThatThrownBy(() -> LocalOptions.from(Map.of("INVITE_TTL", ttl), ROOT))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("INVITE_TTL")
                .hasMessageContaining("\"" + ttl + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost:3000", "https://portal.example.com", "http://[::1]:3000,https://b.example"})
    void takesOrigins(String origins) {
        assertThat(LocalOptions.from(Map.of("PORTAL_ORIGINS", origins), ROOT).portalOrigins())
                .isEqualTo(origins);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "localhost:3000",
                "http://localhost:3000/",
                "http://a,",
                "https://Portal.example",
                "ftp://a",
                "http://u@a"
            })
    void refusesWhatIsNoOrigin(String origins) {
        assertThatThrownBy(() -> LocalOptions.from(Map.of("PORTAL_ORIGINS", origins), ROOT))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("PORTAL_ORIGINS must be origins")
                .hasMessageContaining("\"" + origins + "\"");
    }

    @Test
    void takesItsOwnTokensUnlessToldOtherwise() {
        assertThat(LocalOptions.from(Map.of(), ROOT).jwt()).isEmpty();
        assertThat(LocalOptions.from(Map.of("JWT_ISSUER", "", "JWT_AUDIENCE", ""), ROOT)
                        .jwt())
                .isEmpty();
    }

    @Test
    void takesAnotherIssuerAndTheAudiencesOfItsTokens() {
        assertThat(LocalOptions.from(
                                Map.of("JWT_ISSUER", "https://login.example/realm/", "JWT_AUDIENCE", "portal, api"),
                                ROOT)
                        .jwt())
                .contains(new JwtDefinition("https://login.example/realm/", List.of("portal", "api")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "login.example",
                "ftp://login.example",
                "https://",
                "https://a b",
                "https://a/?b",
                "https://a#b",
                "http://host/a|b",
                "https://host/{realm}",
                "https://host/%zz"
            })
    void refusesWhatIsNoIssuer(String issuer) {
        assertThatThrownBy(() -> LocalOptions.from(Map.of("JWT_ISSUER", issuer, "JWT_AUDIENCE", "x"), ROOT))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("JWT_ISSUER must be an http or https URL")
                .hasMessageContaining("\"" + issuer + "\"");
    }

    @Test
    void wantsIssuerAndAudienceTogether() {
        assertThatThrownBy(() -> LocalOptions.from(Map.of("JWT_AUDIENCE", "x"), ROOT))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("JWT_AUDIENCE is set without JWT_ISSUER");
        assertThatThrownBy(() -> LocalOptions.from(Map.of("JWT_ISSUER", "ftp://x", "JWT_AUDIENCE", " ,"), ROOT))
                .asInstanceOf(InstanceOfAssertFactories.type(CannotStart.class))
                .satisfies(reasons -> assertThat(reasons.lines())
                        .hasSize(2)
                        .last()
                        .asString()
                        .contains("JWT_ISSUER needs JWT_AUDIENCE"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Ocpp.example",
                "ocpp..example",
                "-a.example",
                "a-.example",
                "a b",
                "wss://a.example",
                "a.example."
            })
    void refusesABadBrokerDomain(String domain) {
        assertThatThrownBy(() -> LocalOptions.from(Map.of("BROKER_DOMAIN", domain), ROOT))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("BROKER_DOMAIN must be a domain")
                .hasMessageContaining("\"" + domain + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "AWS_LAMBDA_FUNCTION_NAME, TenantsFunction",
        "TABLE_NAME, Table",
        "AWS_ENDPOINT_URL, http://localhost:4566",
        "AWS_ENDPOINT_URL_DYNAMODB, http://localhost:8000",
        "STRIPE_API_KEY, sk_live_x",
        "STRIPE_API_KEY, rk_live_x",
    })
    void refusesTheSettingsOfADeployment(String name, String value) {
        assertThatThrownBy(() -> LocalOptions.from(Map.of(name, value), ROOT))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(name);
    }

    @Test
    void namesEveryReasonOnALineOfItsOwn() {
        assertThatThrownBy(() -> LocalOptions.from(Map.of("TABLE_NAME", "x", "STRIPE_API_KEY", "sk_live_x"), ROOT))
                .asInstanceOf(InstanceOfAssertFactories.type(CannotStart.class))
                .satisfies(reasons -> assertThat(reasons.lines()).hasSize(2));
    }

    @Test
    void mindsNeitherATestKeyNorCredentials() {
        LocalOptions options = LocalOptions.from(
                Map.of("STRIPE_API_KEY", "sk_test_x", "AWS_ACCESS_KEY_ID", "AKIA", "AWS_PROFILE", "work"), ROOT);
        assertThat(options.port()).isEqualTo(8080);
    }
}
