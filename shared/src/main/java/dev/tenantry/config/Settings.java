package dev.tenantry.config;

import dev.tenantry.refusal.Refusal.BillingNotConfigured;
import dev.tenantry.refusal.Refusal.MailNotConfigured;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a deployment decides. The only reader of environment variables: `template.yaml` sets them in AWS, the local
/// gateway reads the same template and hands them over as a map.
///
/// @param tableName        name of the one DynamoDB table, from `TABLE_NAME`
/// @param brokerDomain     domain under which chargers connect, lower case, from `BROKER_DOMAIN`
/// @param userIdClaim      claim of the token that tells people apart, from `USER_ID_CLAIM`; `sub` by default
/// @param chargersPerTenant most chargers that a tenant can have, from `CHARGERS_PER_TENANT`; 100000 by default
/// @param functionName     name for logs and metrics, from `AWS_LAMBDA_FUNCTION_NAME`
/// @param region           AWS region, from `AWS_REGION`
/// @param dynamoDbEndpoint another address for DynamoDB than the region's own, from `AWS_ENDPOINT_URL_DYNAMODB`
/// @param sesEndpoint      another address for Amazon SES than the region's own, from `AWS_ENDPOINT_URL_SESV2`
/// @param inviteSettings   what invites need; empty in functions that send none, and where mail is left out
/// @param secretsEndpoint  another address for AWS Secrets Manager, from `AWS_ENDPOINT_URL_SECRETS_MANAGER`
/// @param stripeSettings   what billing needs; empty in functions that have no part in it, and where Stripe is left out
/// @param portalOrigins    where the billing portal may lead back to, from `PORTAL_ORIGINS` (comma-separated); none in
///                         functions that do not open it
/// @param nameServer       another name server than the machine's own, from `NAME_SERVER` (`dns://host:port`)
/// @param snapStart        the process will be snapshot once it is ready, from `AWS_LAMBDA_INITIALIZATION_TYPE`
/// @param credentials      access keys of the execution role; empty with SnapStart, where the runtime serves fresh ones
///                         over HTTP because a snapshot outlives them
///                         (AWS Lambda Developer Guide, "Defined runtime environment variables")
/// @param subscriptionEnforcement what a subscription decides about chargers, from `SUBSCRIPTION_ENFORCEMENT`;
///                         nothing by default
/// @param busSettings      where change events go; empty in functions that tell nobody
/// @param founding         who may create tenants, and how many
/// @param retention        how long a deleted tenant can be restored, from `RETENTION_DAYS`; 30 days by default
public record Settings(
        String tableName,
        String brokerDomain,
        String userIdClaim,
        int chargersPerTenant,
        String functionName,
        String region,
        Optional<URI> dynamoDbEndpoint,
        Optional<URI> sesEndpoint,
        Optional<Invites> inviteSettings,
        Optional<URI> secretsEndpoint,
        Optional<Stripe> stripeSettings,
        List<String> portalOrigins,
        Optional<URI> nameServer,
        boolean snapStart,
        Optional<AccessKeys> credentials,
        SubscriptionEnforcement subscriptionEnforcement,
        Optional<Bus> busSettings,
        Founding founding,
        Duration retention) {

    private static final int DEFAULT_CHARGERS_PER_TENANT = 100_000;
    private static final int DEFAULT_TENANTS_PER_PERSON = 10;
    private static final int DEFAULT_INVITES_PER_DAY = 200;
    private static final int DEFAULT_INVITES_PER_ADDRESS = 20;
    private static final int DEFAULT_COOLDOWN_SECONDS = 60;
    private static final int DEFAULT_RETENTION_DAYS = 30;

    public Settings {
        portalOrigins = List.copyOf(portalOrigins);
    }

    /// What invites need.
    ///
    /// @param lifetime how long an invite can be accepted, from `INVITE_TTL` (an ISO 8601 duration)
    /// @param portal   where people follow the link in an invite, from `PORTAL_URL`
    /// @param sender   address that invites come from, which SES has verified, from `MAIL_SENDER`
    /// @param configurationSet of SES, which says where it tells of what becomes of mails, from
    ///                         `MAIL_CONFIGURATION_SET`; empty if nobody wants to know
    /// @param limits   how many may be sent
    public record Invites(
            Duration lifetime, URI portal, String sender, Optional<String> configurationSet, MailLimits limits) {

        private static final Duration LONGEST_LIFETIME = Duration.ofDays(3650);

        public Invites {
            if (!lifetime.isPositive() || lifetime.compareTo(LONGEST_LIFETIME) > 0) {
                throw new IllegalStateException(
                        "The environment variable INVITE_TTL must be above zero and up to 10 years.");
            }
        }
    }

    /// How many invites may be sent.
    ///
    /// @param perDay     by a tenant on a day in UTC, from `INVITES_PER_DAY`; 200 by default
    /// @param perAddress to an address within 24 hours, by all tenants together, from `INVITES_PER_ADDRESS`; 20 by
    ///                   default
    /// @param cooldown   from one to the next to an address by the same tenant, from `INVITE_COOLDOWN_SECONDS`; a
    ///                   minute by default, none if zero
    public record MailLimits(int perDay, int perAddress, Duration cooldown) {}

    /// Who may create tenants, and how many.
    ///
    /// @param perPerson      most tenants that somebody has created and nobody has deleted, from
    ///                       `TENANTS_PER_PERSON`; 10 by default
    /// @param byOperatorOnly nobody may but the operator, from `TENANT_CREATION` (`anyone` by default, or
    ///                       `operator`)
    public record Founding(int perPerson, boolean byOperatorOnly) {}

    /// What billing needs.
    ///
    /// @param secretId      ARN or name of the secret with Stripe's keys, from `STRIPE_SECRET_ID`
    /// @param apiBase       another address for Stripe's API than its own, from `STRIPE_API_BASE`
    /// @param products      our numbers of Stripe's products, from `STRIPE_PRODUCTS` (`prod_…=1`, comma-separated)
    public record Stripe(String secretId, Optional<URI> apiBase, Map<String, Integer> products) {

        public Stripe {
            products = Map.copyOf(products);
        }
    }

    /// Where change events go.
    ///
    /// @param name     of the bus, from `EVENT_BUS_NAME`
    /// @param endpoint another address for Amazon EventBridge than the region's own, from
    ///                 `AWS_ENDPOINT_URL_EVENTBRIDGE`
    public record Bus(String name, Optional<URI> endpoint) {}

    /// Temporary access keys of a role.
    ///
    /// @param sessionToken empty for the long-lived keys of local tools
    public record AccessKeys(String id, String secret, Optional<String> sessionToken) {

        /// Keys are secrets: a record's own text would print them into the first log that sees it.
        @Override
        public String toString() {
            return "AccessKeys[" + id + "]";
        }
    }

    /// The settings of the process this code runs in.
    ///
    /// @throws IllegalStateException if a required variable is missing, naming it
    public static Settings fromEnvironment() {
        return of(System.getenv());
    }

    /// The settings in a map of environment variables. Written without lambdas: each is a class to spin at a cold
    /// start.
    ///
    /// @throws IllegalStateException if a required variable is missing, naming it
    public static Settings of(Map<String, String> environment) {
        return new Settings(
                required(environment, "TABLE_NAME"),
                required(environment, "BROKER_DOMAIN"),
                userIdClaim(environment),
                number(environment, "CHARGERS_PER_TENANT", DEFAULT_CHARGERS_PER_TENANT, 1),
                environment.getOrDefault("AWS_LAMBDA_FUNCTION_NAME", "local"),
                required(environment, "AWS_REGION"),
                endpoint(environment, "AWS_ENDPOINT_URL_DYNAMODB"),
                endpoint(environment, "AWS_ENDPOINT_URL_SESV2"),
                invites(environment),
                endpoint(environment, "AWS_ENDPOINT_URL_SECRETS_MANAGER"),
                stripe(environment),
                origins(environment),
                endpoint(environment, "NAME_SERVER"),
                isSnapStart(environment),
                credentials(environment),
                enforcement(environment),
                bus(environment),
                founding(environment),
                Duration.ofDays(number(environment, "RETENTION_DAYS", DEFAULT_RETENTION_DAYS, 1)));
    }

    /// The settings of a function that works with somebody else, and tells nobody who it really is: all the
    /// services that it asks over HTTP are at that address, and there is no snapshot to prepare for.
    public Settings with(URI standIn) {
        Optional<URI> there = Optional.of(standIn);
        return new Settings(
                tableName,
                brokerDomain,
                userIdClaim,
                chargersPerTenant,
                functionName,
                region,
                there,
                there,
                inviteSettings,
                there,
                stripeSettings.map(stripe -> new Stripe(stripe.secretId(), there, stripe.products())),
                portalOrigins,
                nameServer,
                false,
                Optional.of(new AccessKeys("nobody", "nobody", Optional.of("nobody"))),
                subscriptionEnforcement,
                busSettings.map(bus -> new Bus(bus.name(), there)),
                founding,
                retention);
    }

    private static Optional<Bus> bus(Map<String, String> environment) {
        Optional<String> name = optional(environment, "EVENT_BUS_NAME");
        return name.isPresent()
                ? Optional.of(new Bus(name.get(), endpoint(environment, "AWS_ENDPOINT_URL_EVENTBRIDGE")))
                : Optional.empty();
    }

    private static Optional<Invites> invites(Map<String, String> environment) {
        Optional<String> sender = optional(environment, "MAIL_SENDER");
        if (sender.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Invites(
                Duration.parse(required(environment, "INVITE_TTL")),
                URI.create(required(environment, "PORTAL_URL")),
                sender.get(),
                optional(environment, "MAIL_CONFIGURATION_SET"),
                new MailLimits(
                        number(environment, "INVITES_PER_DAY", DEFAULT_INVITES_PER_DAY, 1),
                        number(environment, "INVITES_PER_ADDRESS", DEFAULT_INVITES_PER_ADDRESS, 1),
                        Duration.ofSeconds(
                                number(environment, "INVITE_COOLDOWN_SECONDS", DEFAULT_COOLDOWN_SECONDS, 0)))));
    }

    private static SubscriptionEnforcement enforcement(Map<String, String> environment) {
        Optional<String> enforcement = optional(environment, "SUBSCRIPTION_ENFORCEMENT");
        return enforcement.isPresent() ? SubscriptionEnforcement.of(enforcement.get()) : SubscriptionEnforcement.OFF;
    }

    private static String userIdClaim(Map<String, String> environment) {
        Optional<String> claim = optional(environment, "USER_ID_CLAIM");
        return claim.isPresent() ? claim.get() : "sub";
    }

    private static Founding founding(Map<String, String> environment) {
        int perPerson = number(environment, "TENANTS_PER_PERSON", DEFAULT_TENANTS_PER_PERSON, 1);
        return switch (optional(environment, "TENANT_CREATION").orElse("anyone")) {
            case "anyone" -> new Founding(perPerson, false);
            case "operator" -> new Founding(perPerson, true);
            default ->
                throw new IllegalStateException(
                        "The environment variable TENANT_CREATION is neither anyone nor operator.");
        };
    }

    private static int number(Map<String, String> environment, String name, int usual, int least) {
        Optional<String> text = optional(environment, name);
        try {
            int number = text.isPresent() ? Integer.parseInt(text.get()) : usual;
            if (number < least) {
                throw new NumberFormatException("For input string: \"" + number + "\"");
            }
            return number;
        } catch (NumberFormatException e) {
            throw new IllegalStateException(
                    "The environment variable " + name + " is not a whole number from " + least + " on.", e);
        }
    }

    private static boolean isSnapStart(Map<String, String> environment) {
        return "snap-start".equals(environment.get("AWS_LAMBDA_INITIALIZATION_TYPE"));
    }

    private static Optional<Stripe> stripe(Map<String, String> environment) {
        Optional<String> secret = optional(environment, "STRIPE_SECRET_ID");
        if (secret.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Stripe(
                secret.get(),
                endpoint(environment, "STRIPE_API_BASE"),
                products(environment.getOrDefault("STRIPE_PRODUCTS", ""))));
    }

    private static List<String> origins(Map<String, String> environment) {
        Optional<String> origins = optional(environment, "PORTAL_ORIGINS");
        return origins.isPresent() ? List.of(origins.get().split(",", -1)) : List.of();
    }

    private static Map<String, Integer> products(String text) {
        Map<String, Integer> products = new HashMap<>();
        for (String pair : text.split(",", -1)) {
            int equals = pair.indexOf('=');
            try {
                if (!pair.isBlank()) {
                    products.put(
                            pair.substring(0, equals).strip(),
                            Integer.parseUnsignedInt(pair.substring(equals + 1).strip()));
                }
            } catch (RuntimeException e) {
                throw new IllegalStateException(
                        "The environment variable STRIPE_PRODUCTS is not a list such as prod_…=1.", e);
            }
        }
        return products;
    }

    private static Optional<URI> endpoint(Map<String, String> environment, String name) {
        Optional<String> endpoint = optional(environment, name);
        return endpoint.isPresent() ? Optional.of(URI.create(endpoint.get())) : Optional.empty();
    }

    private static Optional<AccessKeys> credentials(Map<String, String> environment) {
        Optional<String> id = optional(environment, "AWS_ACCESS_KEY_ID");
        if (id.isEmpty() || isSnapStart(environment)) {
            return Optional.empty();
        }
        return Optional.of(new AccessKeys(
                id.get(), required(environment, "AWS_SECRET_ACCESS_KEY"), optional(environment, "AWS_SESSION_TOKEN")));
    }

    /// What invites need.
    ///
    /// @throws MailNotConfigured if the deployment, or this function, was set up without
    public Invites invites() {
        return inviteSettings.orElseThrow(MailNotConfigured::new);
    }

    /// What billing needs.
    ///
    /// @throws BillingNotConfigured if the deployment, or this function, was set up without
    public Stripe stripe() {
        return stripeSettings.orElseThrow(BillingNotConfigured::new);
    }

    /// Where change events go.
    ///
    /// @throws IllegalStateException if this function was set up without
    public Bus bus() {
        return busSettings.orElseThrow(
                () -> new IllegalStateException("The environment variable EVENT_BUS_NAME is not set."));
    }

    private static String required(Map<String, String> environment, String name) {
        Optional<String> value = optional(environment, name);
        if (value.isEmpty()) {
            throw new IllegalStateException("The environment variable " + name + " is not set.");
        }
        return value.get();
    }

    private static Optional<String> optional(Map<String, String> environment, String name) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? Optional.empty() : Optional.of(value);
    }
}
