package dev.tenantry.local.operate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What somebody typed.
///
/// @param command   as the function calls it
/// @param body      what goes with it
/// @param isDryRun  only to look
/// @param isSure    nobody is to be asked whether they are
/// @param function  the deployed function; empty for the local service
/// @param service   where the local service answers
record Order(
        String command, ObjectNode body, boolean isDryRun, boolean isSure, Optional<String> function, URI service) {

    static final String USAGE = """
        Carries out an operator's command: ./operate <command> [options]

          list                          all tenants but those that are purged
          show TENANT                   what there is to know of one
          create PREFIX --name NAME --admin EMAIL [--language TAG]
                                        founds a tenant and invites its first admin; as long as nobody has joined, again
          suspend TENANT                lets it be looked at, not changed, and no charger connect
          resume TENANT                 ends that
          delete TENANT                 takes it away from everybody; it can be restored until its retention ends
          restore TENANT                brings a deleted one back
          purge TENANT                  removes all that is left of a deleted one, for good
          erase --user ID | --email ADDRESS
                                        removes a person from every tenant, and their name from every trail, for good
          export TENANT                 writes all its data, one JSON object to a line
          repair TENANT                 counts anew what its counters count
          open-api TENANT               lets its people call from anywhere, if it has locked itself out

          --dry-run        tells what would be done, and does nothing
          --yes            does not ask before a purge or an erasure
          --function NAME  the function of a deployment, by name or ARN; default $OPERATOR_FUNCTION. It is invoked with the
                           AWS CLI as it is configured (AWS_PROFILE, AWS_REGION)
          --url URL        a local service, which is the default: http://127.0.0.1:$PORT, or port 8080 without PORT

        Exits with 0 if it was done, 1 if not or not all of it, 2 if the command is none.
        """;

    private static final Map<String, String> OF_A_TENANT = Map.of(
            "show", "show",
            "suspend", "suspend",
            "resume", "resume",
            "delete", "delete",
            "restore", "restore",
            "purge", "purge",
            "export", "export",
            "repair", "repair",
            "open-api", "openApi");

    private static final Set<String> EVERYWHERE = Set.of("--dry-run", "--yes", "--function", "--url");
    private static final Map<String, Set<String>> OF_A_COMMAND = Map.of(
            "create", Set.of("--name", "--admin", "--language"),
            "erase", Set.of("--user", "--email"));
    private static final Set<String> FLAGS = Set.of("--dry-run", "--yes");
    private static final Set<String> OPTIONS =
            Set.of("--name", "--admin", "--language", "--user", "--email", "--function", "--url");

    /// @throws IllegalArgumentException if it is no command, saying why
    static Order of(List<String> arguments, Map<String, String> environment) {
        Map<String, String> given = new HashMap<>();
        List<String> words = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (FLAGS.contains(argument)) {
                given.put(argument, "");
            } else if (OPTIONS.contains(argument)) {
                if (i + 1 == arguments.size() || arguments.get(i + 1).startsWith("--")) {
                    throw new IllegalArgumentException(argument + " needs a value.");
                }
                given.put(argument, arguments.get(++i));
            } else if (argument.startsWith("-")) {
                throw new IllegalArgumentException(argument + " is not an option.");
            } else {
                words.add(argument);
            }
        }
        if (words.isEmpty()) {
            throw new IllegalArgumentException("There is no command.");
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        String command = command(words, given, body);
        for (String option : given.keySet()) {
            if (!EVERYWHERE.contains(option)
                    && !OF_A_COMMAND.getOrDefault(words.getFirst(), Set.of()).contains(option)) {
                throw new IllegalArgumentException(words.getFirst() + " takes no " + option + ".");
            }
        }
        Optional<String> function = Optional.ofNullable(given.get("--function"))
                .or(() -> given.containsKey("--url")
                        ? Optional.empty()
                        : Optional.ofNullable(environment.get("OPERATOR_FUNCTION")));
        return new Order(
                command,
                body,
                given.containsKey("--dry-run"),
                given.containsKey("--yes"),
                function,
                URI.create(
                        given.getOrDefault("--url", "http://127.0.0.1:" + environment.getOrDefault("PORT", "8080"))));
    }

    private static String command(List<String> words, Map<String, String> given, ObjectNode body) {
        String word = words.getFirst();
        switch (word) {
            case "list" -> requireWords(words, 1, "list stands alone");
            case "create" -> {
                requireWords(words, 2, "create needs the domain prefix of the new tenant");
                body.put("domainPrefix", words.get(1));
                option(given, "--name", "name", body);
                option(given, "--admin", "admin", body);
                if (given.containsKey("--language")) {
                    option(given, "--language", "language", body);
                }
            }
            case "erase" -> {
                requireWords(words, 1, "erase needs --user or --email");
                if (given.containsKey("--user") == given.containsKey("--email")) {
                    throw new IllegalArgumentException("erase needs --user or --email, one of them.");
                }
                if (given.containsKey("--user")) {
                    option(given, "--user", "userId", body);
                } else {
                    option(given, "--email", "email", body);
                }
            }
            default -> {
                if (!OF_A_TENANT.containsKey(word)) {
                    throw new IllegalArgumentException(word + " is not a command.");
                }
                requireWords(words, 2, word + " needs the domain prefix of a tenant");
                body.put("tenant", words.get(1));
            }
        }
        return OF_A_TENANT.getOrDefault(word, word);
    }

    private static void requireWords(List<String> words, int count, String message) {
        if (words.size() != count) {
            throw new IllegalArgumentException(message + ".");
        }
    }

    private static void option(Map<String, String> given, String option, String field, ObjectNode body) {
        String value = given.get(option);
        if (value == null) {
            throw new IllegalArgumentException(option + " is missing.");
        }
        body.put(field, value);
    }

    /// What is to be typed by somebody who is sure; empty where nothing is lost for good.
    Optional<String> toConfirm() {
        if (isDryRun || isSure) {
            return Optional.empty();
        }
        return switch (command) {
            case "purge" -> Optional.of(body.path("tenant").textValue());
            case "erase" ->
                Optional.of(body.path("userId").asText(body.path("email").asText()));
            default -> Optional.empty();
        };
    }

    /// The event.
    ///
    /// @param next where the answer before ended, if there was one
    String event(Optional<String> next) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        ObjectNode order = body.deepCopy();
        next.ifPresent(cursor -> order.put("cursor", cursor));
        event.set(command, order);
        if (isDryRun) {
            event.put("dryRun", true);
        }
        return event.toString();
    }
}
