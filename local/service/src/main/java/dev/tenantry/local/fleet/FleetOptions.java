package dev.tenantry.local.fleet;

import dev.tenantry.identity.ChargePointIdentity;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.local.broker.BrokerClient;
import dev.tenantry.refusal.InvalidValue;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What a simulated fleet is like.
///
/// @param service     where the local service answers
/// @param sqs         where its queues answer
/// @param tenant      domain prefix of the tenant whose chargers they are
/// @param user        e-mail address of somebody who may start provisioning there
/// @param chargers    how many
/// @param identities  what their identities begin with; empty for something new in each run
/// @param concurrency how many do something at the same time
/// @param passwordHex what each of them shows, in hexadecimal digits; empty for nothing
/// @param wrongPasswords how many of them show a wrong one instead
/// @param blocked     how many of them somebody blocks while they are away
/// @param batch       how many disconnects and reconnects go in one call
/// @param clientCertificates each of them shows a certificate of its own
/// @param profile     the profile that they are to get; empty for that of the window that is open, or the default
/// @param maxChargers how many of them the window is to take; empty for what the window that is open takes, or for all
record FleetOptions(
        URI service,
        URI sqs,
        String tenant,
        String user,
        int chargers,
        Optional<String> identities,
        int concurrency,
        String passwordHex,
        int wrongPasswords,
        int blocked,
        int batch,
        boolean clientCertificates,
        Optional<Long> profile,
        Optional<Integer> maxChargers) {

    static final String USAGE = """
        Connects simulated chargers to a running local service: ./fleet [options]

          --chargers N       how many chargers (default 100)
          --concurrency N    how many at the same time (default 16)
          --identities TEXT  what their identities begin with; use it again to run the same chargers again
                             (default: new chargers in each run)
          --tenant PREFIX    the tenant that they belong to (default demo)
          --user EMAIL       somebody who may start provisioning there (default user@<tenant>.example)
          --password TEXT    the password that each of them sends (default none)
          --password-hex HEX the same as bytes, for a key that was set as hexadecimal digits
          --wrong-passwords N  so many of them send a wrong one instead (default 0)
          --blocked N        so many are blocked in the API before they come back (default 0)
          --batch N          how many disconnects, and reconnects, go in one call (default 1, at most 100)
          --certificates     each sends a client certificate of its own
          --profile ID       the profile that they get (default that of the open provisioning window, or the tenant's)
          --max-chargers N   how many the window takes (default all, or as many as the open window takes)
          --url URL          where the service answers (default http://127.0.0.1:$PORT, or port 8080 without PORT)
          --sqs URL          where its queues answer (default http://127.0.0.1:$SQS_PORT, or port 9324 without SQS_PORT)

        With --profile or --max-chargers a new window replaces one that is open. A charger that is refused when it
        connects stays away. At the end it says which refusals the tenant sees. Exits with 1 if there were errors, or refusals
        other than those by --max-chargers, --wrong-passwords and --blocked.
        """;

    private static final String CERTIFICATES = "--certificates";
    private static final String IDENTITIES = "--identities";
    private static final String PASSWORD = "--password";
    private static final String PASSWORD_HEX = "--password-hex";
    private static final String WRONG_PASSWORDS = "--wrong-passwords";
    private static final String BLOCKED = "--blocked";
    private static final String BATCH = "--batch";
    private static final String PROFILE = "--profile";
    private static final String MAX_CHARGERS = "--max-chargers";
    private static final Set<String> NAMES = Set.of(
            "--chargers",
            "--concurrency",
            "--tenant",
            "--user",
            PASSWORD,
            PASSWORD_HEX,
            WRONG_PASSWORDS,
            BLOCKED,
            BATCH,
            "--url",
            "--sqs",
            CERTIFICATES,
            IDENTITIES,
            PROFILE,
            MAX_CHARGERS);
    private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");
    private static final int MOST_CHARGERS = 1_000_000;
    private static final int MOST_AT_ONCE = 1_000;

    /// @param environment where `PORT` and `SQS_PORT` say where the service is, as they told it at its start
    /// @throws IllegalArgumentException if they are none, saying why
    static FleetOptions of(List<String> arguments, Map<String, String> environment) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String name = arguments.get(i);
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException(name + " is not an option.");
            }
            if (name.equals(CERTIFICATES)) {
                given.put(name, "");
            } else if (i + 1 == arguments.size() || NAMES.contains(arguments.get(i + 1))) {
                throw new IllegalArgumentException(name + " needs a value.");
            } else {
                given.put(name, arguments.get(++i));
            }
        }
        String tenant = given.getOrDefault("--tenant", "demo");
        if (DomainPrefix.inPath(tenant).isEmpty()) {
            throw new IllegalArgumentException("--tenant must be a domain prefix such as demo, not " + tenant + ".");
        }
        return new FleetOptions(
                given.containsKey("--url")
                        ? uri("--url", given.get("--url"))
                        : here(environment, "PORT", "8080", "--url"),
                given.containsKey("--sqs")
                        ? uri("--sqs", given.get("--sqs"))
                        : here(environment, "SQS_PORT", "9324", "--sqs"),
                tenant,
                given.getOrDefault("--user", "user@" + tenant + ".example"),
                number(given, "--chargers", 100, MOST_CHARGERS),
                Optional.ofNullable(given.get(IDENTITIES)).map(FleetOptions::identities),
                number(given, "--concurrency", 16, MOST_AT_ONCE),
                password(given),
                given.containsKey(WRONG_PASSWORDS) ? number(given, WRONG_PASSWORDS, 1, MOST_CHARGERS) : 0,
                given.containsKey(BLOCKED) ? number(given, BLOCKED, 1, MOST_CHARGERS) : 0,
                number(given, BATCH, 1, BrokerClient.MOST_EVENTS),
                given.containsKey(CERTIFICATES),
                given.containsKey(PROFILE)
                        ? Optional.of((long) number(given, PROFILE, 1, Integer.MAX_VALUE))
                        : Optional.empty(),
                given.containsKey(MAX_CHARGERS)
                        ? Optional.of(number(given, MAX_CHARGERS, 1, MOST_CHARGERS))
                        : Optional.empty());
    }

    private static String password(Map<String, String> given) {
        if (given.containsKey(PASSWORD) && given.containsKey(PASSWORD_HEX)) {
            throw new IllegalArgumentException(PASSWORD + " and " + PASSWORD_HEX + " are two ways to say one thing.");
        }
        String hex = given.getOrDefault(PASSWORD_HEX, "");
        try {
            byte[] password = hex.isEmpty()
                    ? given.getOrDefault(PASSWORD, "").getBytes(StandardCharsets.UTF_8)
                    : HexFormat.of().parseHex(hex);
            return HexFormat.of().formatHex(password);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(PASSWORD_HEX + " must be pairs of hexadecimal digits.", e);
        }
    }

    /// Whether they want a window of their own, whatever other one is open.
    boolean wantOwnWindow() {
        return profile.isPresent() || maxChargers.isPresent();
    }

    /// Whether the window is meant to be full before all of them are in.
    boolean wantFullWindow() {
        return maxChargers.isPresent() && maxChargers.get() < chargers;
    }

    /// The identity of one of them.
    ///
    /// @param number from 0 on
    static String identity(String identities, int number) {
        return String.format(Locale.ROOT, "%s%06d", identities, number);
    }

    private static String identities(String text) {
        try {
            return new ChargePointIdentity(identity(text, 0)).value().substring(0, text.length());
        } catch (InvalidValue e) {
            throw new IllegalArgumentException(IDENTITIES
                    + " must have at most 42 characters of A-Z a-z 0-9 * - _ = : + | @ . and spaces that do not"
                    + " begin them, not " + text
                    + ", because a number of six digits follows.");
        }
    }

    private static URI here(Map<String, String> environment, String variable, String otherwise, String option) {
        String port = environment.getOrDefault(variable, otherwise);
        if (!PORT.matcher(port).matches() || Integer.parseInt(port) > 65535) {
            throw new IllegalArgumentException(variable + " must be the port that the service has, not \"" + port
                    + "\"" + (port.equals("0") ? ", which means any" : "") + "; or say where it is with " + option
                    + ".");
        }
        return URI.create("http://127.0.0.1:" + port);
    }

    private static URI uri(String name, String text) {
        try {
            URI uri = new URI(text.replaceAll("/+$", ""));
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Falls through to the same answer.
        }
        throw new IllegalArgumentException(name + " must be an http URL, not " + text + ".");
    }

    private static int number(Map<String, String> given, String name, int otherwise, int most) {
        String text = given.getOrDefault(name, Integer.toString(otherwise));
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Falls through to the same answer.
        }
        throw new IllegalArgumentException(name + " must be 1 to " + most + ", not " + text + ".");
    }
}
