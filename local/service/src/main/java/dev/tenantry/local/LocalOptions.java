package dev.tenantry.local;

import dev.tenantry.local.aws.CannotStart;
import dev.tenantry.local.aws.template.JwtDefinition;
import dev.tenantry.local.identity.OpenIdProvider;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a developer can decide about the local service.
///
/// @param port          0 for any free one
/// @param sqsPort       where SQS answers; 0 for any free one
/// @param stripePort    where the Stripe stand-in listens; 0 for any free port
/// @param dataDirectory where DynamoDB Local keeps its data; in memory if empty
/// @param portalOrigins origins whose browser code may call the API, comma-separated
/// @param portalUrl     where the link in an invite leads; to the service's own console if empty
/// @param jwt           whose tokens are taken instead of this service's own
/// @param brokerDomain  domain under which chargers would connect
/// @param userIdClaim   claim of the token that tells people apart
/// @param subscriptionEnforcement what a subscription decides about chargers
/// @param inviteTtl     how long an invite can be accepted
/// @param limits        how much there can be
/// @param stripeWebhookSecret what the Stripe stand-in signs its events with
/// @param mail          whether invites can be sent
/// @param stripe        whether anything can be subscribed to
/// @param demo          whether there is a tenant `demo` to look at
/// @param template      the project's `template.yaml`
/// @param openApi       the project's `openapi.yaml`
/// @param consoleSources the console's files that are written by hand
public record LocalOptions(
        int port,
        int sqsPort,
        int stripePort,
        Optional<Path> dataDirectory,
        String portalOrigins,
        Optional<String> portalUrl,
        Optional<JwtDefinition> jwt,
        String brokerDomain,
        String userIdClaim,
        String subscriptionEnforcement,
        Duration inviteTtl,
        Limits limits,
        String stripeWebhookSecret,
        boolean mail,
        boolean stripe,
        boolean demo,
        Path template,
        Path openApi,
        Path consoleSources) {

    private static final Duration LONGEST_INVITE_TTL = Duration.ofDays(3650);
    private static final Pattern DOMAIN =
            Pattern.compile("(?!-)[a-z0-9-]{1,63}(?<!-)(?:[.](?!-)[a-z0-9-]{1,63}(?<!-))*");
    private static final Pattern ORIGIN =
            Pattern.compile("https?://(?:" + DOMAIN.pattern() + "|\\[[0-9a-f:.]+])(?::[0-9]{1,5})?");
    private static final Pattern ISSUER = Pattern.compile("https?://[^\\s?#@/]+(?:/[^\\s?#]*)?");
    private static final Pattern CLAIM = Pattern.compile("[A-Za-z][A-Za-z0-9_:/.-]{0,99}");
    private static final String PORTAL_ORIGINS = "PORTAL_ORIGINS";
    private static final List<String> LIVE_STRIPE_KEYS = List.of("sk_live_", "rk_live_");

    /// How much there can be of what strangers can have.
    ///
    /// @param chargersPerTenant     most chargers that a tenant can have
    /// @param tenantCreation        who may create tenants
    /// @param tenantsPerPerson      most tenants that somebody has created and nobody has deleted
    /// @param invitesPerDay         most invites that a tenant can send on a day
    /// @param invitesPerAddress     most invites that an address gets within 24 hours
    /// @param inviteCooldownSeconds from one invite to the next to an address from the same tenant
    /// @param retentionDays         for which a deleted tenant can be restored
    public record Limits(
            int chargersPerTenant,
            String tenantCreation,
            int tenantsPerPerson,
            int invitesPerDay,
            int invitesPerAddress,
            int inviteCooldownSeconds,
            int retentionDays) {

        /// Reads the limits from environment variables, within the bounds that the template has.
        ///
        /// @throws CannotStart if one is malformed
        static Limits from(Map<String, String> environment) {
            return new Limits(
                    number(environment, "CHARGERS_PER_TENANT", "100000", 1, 1_000_000),
                    tenantCreation(environment.getOrDefault("TENANT_CREATION", "anyone")),
                    number(environment, "TENANTS_PER_PERSON", "10", 1, 10_000),
                    number(environment, "INVITES_PER_DAY", "200", 1, 100_000),
                    number(environment, "INVITES_PER_ADDRESS", "20", 1, 1000),
                    number(environment, "INVITE_COOLDOWN_SECONDS", "60", 0, 86_400),
                    number(environment, "RETENTION_DAYS", "30", 1, 3650));
        }

        /// As the template has them for its parameters.
        Map<String, String> parameters() {
            return Map.of(
                    "ChargersPerTenant", Integer.toString(chargersPerTenant),
                    "TenantCreation", tenantCreation,
                    "TenantsPerPerson", Integer.toString(tenantsPerPerson),
                    "InvitesPerDay", Integer.toString(invitesPerDay),
                    "InvitesPerAddress", Integer.toString(invitesPerAddress),
                    "InviteCooldownSeconds", Integer.toString(inviteCooldownSeconds),
                    "RetentionDays", Integer.toString(retentionDays));
        }

        private static int number(Map<String, String> environment, String name, String usual, int least, int most) {
            String text = environment.getOrDefault(name, usual);
            if (!text.matches("0|[1-9][0-9]{0,6}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
                throw new CannotStart(
                        List.of(name + " must be a number from " + least + " to " + most + ", not \"" + text + "\"."));
            }
            return Integer.parseInt(text);
        }

        private static String tenantCreation(String text) {
            if (!List.of("anyone", "operator").contains(text)) {
                throw new CannotStart(List.of("TENANT_CREATION must be anyone or operator, not \"" + text + "\"."));
            }
            return text;
        }
    }

    /// Reads the options from environment variables.
    ///
    /// @param root the project's directory
    /// @throws CannotStart if one is malformed, or the environment is one that a deployment runs in
    public static LocalOptions from(Map<String, String> environment, Path root) {
        refuseProduction(environment);
        Optional<JwtDefinition> jwt =
                jwt(environment.getOrDefault("JWT_ISSUER", ""), environment.getOrDefault("JWT_AUDIENCE", ""));
        return new LocalOptions(
                port("PORT", environment.getOrDefault("PORT", "8080")),
                port("SQS_PORT", environment.getOrDefault("SQS_PORT", "9324")),
                port("STRIPE_PORT", environment.getOrDefault("STRIPE_PORT", "0")),
                Optional.ofNullable(environment.get("DATA_DIR"))
                        .filter(directory -> !directory.isBlank())
                        .map(Path::of)
                        .map(Path::toAbsolutePath),
                portalOrigins(environment.getOrDefault(PORTAL_ORIGINS, "http://localhost:3000")),
                // Whoever names none has no portal of their own.
                Optional.ofNullable(environment.get(PORTAL_ORIGINS)).map(origins -> origins.split(",", 2)[0].strip()),
                jwt,
                brokerDomain(environment.getOrDefault("BROKER_DOMAIN", "ocpp.localhost")),
                userIdClaim(environment.getOrDefault("USER_ID_CLAIM", "sub"), jwt.isEmpty()),
                subscriptionEnforcement(environment.getOrDefault("SUBSCRIPTION_ENFORCEMENT", "off")),
                inviteTtl(environment.getOrDefault("INVITE_TTL", "P7D")),
                Limits.from(environment),
                stripeWebhookSecret(environment.getOrDefault("STRIPE_WEBHOOK_SECRET", "whsec_local")),
                isOn(environment, "MAIL", "1 (invites can be sent) or 0 (none)"),
                isOn(environment, "STRIPE", "1 (a local Stripe) or 0 (none)"),
                isOn(environment, "DEMO", "1 (demo data) or 0 (none)"),
                root.resolve("template.yaml"),
                root.resolve("openapi.yaml"),
                root.resolve("console/src/main/web"));
    }

    /// The origins one by one.
    List<String> portals() {
        return Stream.of(portalOrigins.split(",")).map(String::strip).toList();
    }

    private static int port(String name, String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, like a number out of range.
        }
        throw new CannotStart(
                List.of(name + " must be a number from 0 (any free port) to 65535, not \"" + text + "\"."));
    }

    private static String subscriptionEnforcement(String text) {
        if (!List.of("off", "registration", "connection").contains(text)) {
            throw new CannotStart(
                    List.of("SUBSCRIPTION_ENFORCEMENT must be off, registration or connection, not \"" + text + "\"."));
        }
        return text;
    }

    /// Origins as browsers write them (RFC 6454 §6.2), or each of them would silently match nothing.
    private static String portalOrigins(String text) {
        for (String origin : text.split(",", -1)) {
            if (!ORIGIN.matcher(origin.strip()).matches()) {
                throw new CannotStart(
                        List.of("PORTAL_ORIGINS must be origins such as http://localhost:3000, comma-separated,"
                                + " in lower case and without a path, not \"" + text + "\"."));
            }
        }
        return text;
    }

    /// As the template's `JwtConfiguration` has them. HTTP is for an issuer on this machine or in a test network.
    private static Optional<JwtDefinition> jwt(String issuer, String audience) {
        List<String> audiences = Stream.of(audience.split(","))
                .map(String::strip)
                .filter(it -> !it.isEmpty())
                .toList();
        List<String> reasons = new ArrayList<>();
        if (issuer.isBlank() && !audiences.isEmpty()) {
            reasons.add("JWT_AUDIENCE is set without JWT_ISSUER. Name the issuer too, or unset it: this service's own"
                    + " tokens need neither.");
        }
        if (!issuer.isBlank() && !(ISSUER.matcher(issuer).matches() && isUri(issuer))) {
            reasons.add(
                    "JWT_ISSUER must be an http or https URL without query and fragment, exactly as the tokens carry"
                            + " it, not \"" + issuer + "\".");
        }
        if (!issuer.isBlank() && audiences.isEmpty()) {
            reasons.add(
                    "JWT_ISSUER needs JWT_AUDIENCE: the aud of the tokens that this API takes (often the client id),"
                            + " comma-separated.");
        }
        if (!reasons.isEmpty()) {
            throw new CannotStart(reasons);
        }
        return issuer.isBlank() ? Optional.empty() : Optional.of(new JwtDefinition(issuer, audiences));
    }

    /// Some characters have to be percent-encoded in one (RFC 3986 §2).
    private static boolean isUri(String text) {
        try {
            return new URI(text).isAbsolute();
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    private static String brokerDomain(String text) {
        if (text.length() > 253 || !DOMAIN.matcher(text).matches()) {
            throw new CannotStart(List.of(
                    "BROKER_DOMAIN must be a domain in lower case such as ocpp.localhost, not \"" + text + "\"."));
        }
        return text;
    }

    private static String userIdClaim(String text, boolean ownTokens) {
        if (!CLAIM.matcher(text).matches()) {
            throw new CannotStart(
                    List.of("USER_ID_CLAIM must be the name of a claim such as sub or oid, not \"" + text + "\"."));
        }
        if (ownTokens && !OpenIdProvider.canTellPeopleApartBy(text)) {
            throw new CannotStart(List.of("USER_ID_CLAIM must not be " + text
                    + ", which means something else in this service's own tokens. Choose another such as sub or oid, or"
                    + " name the issuer of other tokens with JWT_ISSUER."));
        }
        return text;
    }

    private static Duration inviteTtl(String text) {
        try {
            Duration ttl = Duration.parse(text);
            if (ttl.isPositive() && ttl.compareTo(LONGEST_INVITE_TTL) <= 0) {
                return ttl;
            }
        } catch (DateTimeParseException notADuration) {
            // Told below, like a duration out of range.
        }
        throw new CannotStart(
                List.of("INVITE_TTL must be an ISO 8601 duration such as P7D or PT10S, above zero and up to"
                        + " 10 years, not \"" + text + "\"."));
    }

    private static String stripeWebhookSecret(String text) {
        if (text.isBlank()) {
            throw new CannotStart(List.of("STRIPE_WEBHOOK_SECRET must not be empty; leave it out for whsec_local."));
        }
        return text.strip();
    }

    private static boolean isOn(Map<String, String> environment, String name, String choices) {
        String text = environment.getOrDefault(name, "1");
        return switch (text) {
            case "0" -> false;
            case "1" -> true;
            default -> throw new CannotStart(List.of(name + " must be " + choices + ", not \"" + text + "\"."));
        };
    }

    private static void refuseProduction(Map<String, String> environment) {
        List<String> reasons = new ArrayList<>();
        for (String name : new TreeSet<>(environment.keySet())) {
            if (name.equals("AWS_LAMBDA_FUNCTION_NAME")) {
                reasons.add(name + " is set, as in AWS Lambda; local mode is for development only.");
            } else if (name.equals("TABLE_NAME") || name.startsWith("AWS_ENDPOINT_URL")) {
                reasons.add(name + " is set, as in a deployment; local mode has a database of its own. Unset it.");
            } else if (name.equals("STRIPE_API_KEY") && isLive(environment.getOrDefault(name, ""))) {
                reasons.add("STRIPE_API_KEY is a live key; local mode never uses one. Unset it.");
            }
        }
        if (!reasons.isEmpty()) {
            throw new CannotStart(reasons);
        }
    }

    private static boolean isLive(String key) {
        return LIVE_STRIPE_KEYS.stream().anyMatch(key::startsWith);
    }
}
