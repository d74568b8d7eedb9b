package dev.tenantry.local.identity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.local.aws.http.Body;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.text.JsonPointer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What was asked of the token endpoint.
///
/// @param lifetime may be negative, for a token that has expired
record TokenRequest(Person person, Duration lifetime) {

    private static final Set<String> FIELDS =
            Set.of("email", "givenName", "familyName", "sub", "emailVerified", "expiresInSeconds");
    /// OpenID Connect Core 1.0 §2.
    private static final int LONGEST_SUB = 255;

    private static final long MOST_SECONDS = Duration.ofDays(3650).toSeconds();

    /// What is wrong with a request, all of it: the fault by JSON pointer.
    static final class Faulty extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient Map<String, String> faults;

        Faulty(Map<String, String> faults) {
            super(String.join(" ", faults.values()));
            this.faults = faults;
        }

        Map<String, String> faults() {
            return faults;
        }
    }

    static TokenRequest parse(Body body) throws Faulty {
        JsonNode json = Json.parse(body.text()).filter(JsonNode::isObject).orElse(null);
        if (json == null) {
            throw new Faulty(Map.of("", "The body must be a JSON object such as {\"email\":\"ada@example.com\"}."));
        }
        Map<String, String> faults = new LinkedHashMap<>();
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        names.stream()
                .filter(name -> !FIELDS.contains(name))
                .forEach(
                        name -> faults.put(
                                JsonPointer.to(name),
                                "Is not a known field; use email, givenName, familyName, sub, emailVerified, expiresInSeconds."));
        String email = text(json, "email", faults).orElse("");
        if (!Person.isEmail(email)) {
            faults.put("/email", "Must be an e-mail address.");
        }
        Optional<String> sub = text(json, "sub", faults);
        if (sub.isPresent() && (sub.get().isBlank() || sub.get().length() > LONGEST_SUB)) {
            faults.put(
                    "/sub",
                    "Must have 1 to " + LONGEST_SUB
                            + " characters; leave it out to have a UUID derived from the e-mail address.");
        }
        Optional<String> givenName = text(json, "givenName", faults);
        Optional<String> familyName = text(json, "familyName", faults);
        boolean emailVerified =
                field(json, "emailVerified").map(value -> truth(value, faults)).orElse(true);
        long seconds = field(json, "expiresInSeconds")
                .map(value -> seconds(value, faults))
                .orElse(3600L);
        if (!faults.isEmpty()) {
            throw new Faulty(faults);
        }
        return new TokenRequest(
                new Person(
                        sub.orElseGet(() -> Person.subOf(email)),
                        email,
                        emailVerified,
                        givenName.orElseGet(() -> Person.givenNameOf(email)),
                        familyName.orElseGet(() -> Person.familyNameOf(email))),
                Duration.ofSeconds(seconds));
    }

    private static Optional<JsonNode> field(JsonNode json, String name) {
        return Optional.ofNullable(json.get(name)).filter(value -> !value.isNull());
    }

    private static Optional<String> text(JsonNode json, String name, Map<String, String> faults) {
        Optional<JsonNode> value = field(json, name);
        if (value.isPresent() && !value.get().isTextual()) {
            faults.put("/" + name, "Must be a string.");
            return Optional.empty();
        }
        return value.map(JsonNode::textValue);
    }

    private static boolean truth(JsonNode value, Map<String, String> faults) {
        if (!value.isBoolean()) {
            faults.put("/emailVerified", "Must be true or false.");
        }
        return value.asBoolean();
    }

    private static long seconds(JsonNode value, Map<String, String> faults) {
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() > MOST_SECONDS
                || value.longValue() < -MOST_SECONDS) {
            faults.put(
                    "/expiresInSeconds",
                    "Must be a whole number of seconds, at most ten years; use a negative one for an expired token.");
            return 0;
        }
        return value.longValue();
    }
}
