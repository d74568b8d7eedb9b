package dev.tenantry.config;

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
/// @param inviteSettings   what invites need; empty in functions that send none
/// @param secretsEndpoint  another address for AWS Secrets Manager, from `AWS_ENDPOINT_URL_SECRETS_MANAGER`
/// @param stripeSettings   what billing needs; empty in functions that have no part in it
/// @param nameServer       another name server than the machine's own, from `NAME_SERVER` (`dns://host:port`)
/// @param snapStart        the process will be snapshot once it is ready, from `AWS_LAMBDA_INITIALIZATION_TYPE`
/// @param credentials      access keys of the execution role; empty with SnapStart, where the runtime serves fresh ones
///                         over HTTP because a snapshot outlives them
///                         (AWS Lambda Developer Guide, "Defined runtime environment variables")
/// @param subscriptionEnforcement what a subscription decides about chargers, from `SUBSCRIPTION_ENFORCEMENT`;
///                         nothing by default
/// @param busSettings      where change events go; empty in functions that tell nobody
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
        Optional<URI> nameServer,
        boolean snapStart,
        Optional<AccessKeys> credentials,
        SubscriptionEnforcement subscriptionEnforcement,
        Optional<Bus> busSettings) {

    private static final int DEFAULT_CHARGERS_PER_TENANT = 100_000;

    /// What invites need.
    ///
    /// @param lifetime how long an invite can be accepted, from `INVITE_TTL` (an ISO 8601 duration)
    /// @param portal   where people follow the link in an invite, from `PORTAL_URL`
    /// @param sender   address that invites come from, which SES has verified, from `MAIL_SENDER`
    public record Invites(Duration lifetime, URI portal, String sender) {

        private static final Duration LONGEST_LIFETIME = Duration.ofDays(3650);

        public Invites {
            if (!lifetime.isPositive() || lifetime.compareTo(LONGEST_LIFETIME) > 0) {
                throw new IllegalStateException(
                        "The environment variable INVITE_TTL must be above zero and up to 10 years.");
            }
        }
    }

    /// What billing needs.
    ///
    /// @param secretId      ARN or name of the secret with Stripe's keys, from `STRIPE_SECRET_ID`
    /// @param apiBase       another address for Stripe's API than its own, from `STRIPE_API_BASE`
    /// @param portalOrigins where the billing portal may lead back to, from `PORTAL_ORIGINS` (comma-separated)
    /// @param products      our numbers of Stripe's products, from `STRIPE_PRODUCTS` (`prod_…=1`, comma-separated)
    public record Stripe(
            String secretId, Optional<URI> apiBase, List<String> portalOrigins, Map<String, Integer> products) {

        public Stripe {
            portalOrigins = List.copyOf(portalOrigins);
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
                chargersPerTenant(environment),
                environment.getOrDefault("AWS_LAMBDA_FUNCTION_NAME", "local"),
                required(environment, "AWS_REGION"),
                endpoint(environment, "AWS_ENDPOINT_URL_DYNAMODB"),
                endpoint(environment, "AWS_ENDPOINT_URL_SESV2"),
                invites(environment),
                endpoint(environment, "AWS_ENDPOINT_URL_SECRETS_MANAGER"),
                stripe(environment),
                endpoint(environment, "NAME_SERVER"),
                isSnapStart(environment),
                credentials(environment),
                enforcement(environment),
                bus(environment));
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
                sender.get()));
    }

    private static SubscriptionEnforcement enforcement(Map<String, String> environment) {
        Optional<String> enforcement = optional(environment, "SUBSCRIPTION_ENFORCEMENT");
        return enforcement.isPresent() ? SubscriptionEnforcement.of(enforcement.get()) : SubscriptionEnforcement.OFF;
    }

    private static String userIdClaim(Map<String, String> environment) {
        Optional<String> claim = optional(environment, "USER_ID_CLAIM");
        return claim.isPresent() ? claim.get() : "sub";
    }

    private static int chargersPerTenant(Map<String, String> environment) {
        Optional<String> limit = optional(environment, "CHARGERS_PER_TENANT");
        try {
            int most = limit.isPresent() ? Integer.parseInt(limit.get()) : DEFAULT_CHARGERS_PER_TENANT;
            if (most < 1) {
                throw new NumberFormatException("For input string: \"" + most + "\"");
            }
            return most;
        } catch (NumberFormatException e) {
            throw new IllegalStateException(
                    "The environment variable CHARGERS_PER_TENANT is not a whole number from 1 on.", e);
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
                List.of(environment.getOrDefault("PORTAL_ORIGINS", "").split(",", -1)),
                products(environment.getOrDefault("STRIPE_PRODUCTS", ""))));
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
    /// @throws IllegalStateException if this function was set up without
    public Invites invites() {
        return inviteSettings.orElseThrow(
                () -> new IllegalStateException("The environment variable MAIL_SENDER is not set."));
    }

    /// What billing needs.
    ///
    /// @throws IllegalStateException if this function was set up without
    public Stripe stripe() {
        return stripeSettings.orElseThrow(
                () -> new IllegalStateException("The environment variable STRIPE_SECRET_ID is not set."));
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
