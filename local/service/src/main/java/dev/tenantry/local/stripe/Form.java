package dev.tenantry.local.stripe;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Json;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Parameters as Stripe takes them in bodies and queries: form-encoded, with brackets for what is nested
/// (`items[0][price]=price_1`, `metadata[key]=value`). What is asked of one and is none of its kind is Stripe's own
/// error, as is a parameter that nobody serves.
///
/// @param at where these parameters are themselves, such as `items[0]`; empty for those of the request
record Form(ObjectNode root, String at) {

    /// Stripe API reference, "Metadata".
    private static final int MOST_KEYS = 50;

    private static final int LONGEST_KEY = 40;
    private static final int LONGEST_VALUE = 500;

    /// @throws IllegalArgumentException if it is not encoded well
    /// @throws StripeError              if a parameter is there twice, or is a text and has parts as well
    static Form parse(String encoded) {
        ObjectNode root = Json.object();
        for (String pair : encoded.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = URLDecoder.decode(equals < 0 ? pair : pair.substring(0, equals), UTF_8);
                String value = equals < 0 ? "" : URLDecoder.decode(pair.substring(equals + 1), UTF_8);
                put(root, name, value);
            }
        }
        return new Form(root, "");
    }

    private static void put(ObjectNode root, String name, String value) {
        List<String> keys = List.of(name.replace("]", "").split("\\[", -1));
        ObjectNode node = root;
        for (int i = 0; i < keys.size() - 1; i++) {
            String key = keys.get(i).isEmpty() ? entry(node, keys.subList(i + 1, keys.size())) : keys.get(i);
            node = switch (node.get(key)) {
                case null -> node.putObject(key);
                case ObjectNode inner -> inner;
                default -> throw StripeError.invalid(name, "Invalid object: " + name + " is a text as well.");
            };
        }
        String last = keys.getLast().isEmpty() ? Integer.toString(node.size()) : keys.getLast();
        if (node.has(last)) {
            throw StripeError.invalid(name, "Only one value of " + name + " is served locally.");
        }
        node.put(last, value);
    }

    /// Which entry of a list without numbers (`items[][price]`) it belongs to: the last, as long as that has no
    /// such value, else the next.
    private static String entry(ObjectNode list, List<String> inside) {
        int last = list.size() - 1;
        JsonNode value = list.path(Integer.toString(last));
        for (String key : inside) {
            value = value.path(key);
        }
        return Integer.toString(last < 0 || !value.isMissingNode() ? last + 1 : last);
    }

    /// What a parameter is called in full, such as `items[0][price]`.
    String name(String name) {
        return at.isEmpty() ? name : at + "[" + name + "]";
    }

    /// @throws StripeError if there are others
    Form only(String... known) {
        return only(Set.of(known));
    }

    /// @throws StripeError if there are others
    Form only(Collection<String> known) {
        root.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw StripeError.unknown(name(name));
            }
        });
        return this;
    }

    boolean has(String name) {
        return root.has(name);
    }

    Optional<String> text(String name) {
        JsonNode value = root.get(name);
        if (value != null && !value.isTextual()) {
            throw StripeError.invalid(name(name), "Invalid string: " + name(name) + ".");
        }
        return Optional.ofNullable(value).map(JsonNode::asText);
    }

    /// @throws StripeError if it is not there
    String required(String name) {
        return text(name).filter(text -> !text.isEmpty()).orElseThrow(() -> StripeError.required(name(name)));
    }

    /// @throws StripeError if it is no boolean
    Optional<Boolean> flag(String name) {
        return text(name).map(text -> {
            if (!text.equals("true") && !text.equals("false")) {
                throw StripeError.invalid(name(name), "Invalid boolean: " + text);
            }
            return Boolean.valueOf(text);
        });
    }

    /// @throws StripeError if it is no whole number from 0 on
    Optional<Long> number(String name) {
        return text(name).map(text -> {
            if (!text.matches("[0-9]{1,12}")) {
                throw StripeError.invalid(name(name), "Invalid integer: " + text);
            }
            return Long.valueOf(text);
        });
    }

    /// @throws StripeError if it is none of these
    Optional<String> oneOf(String name, List<String> words) {
        return text(name).map(text -> {
            if (!words.contains(text)) {
                throw StripeError.invalid(
                        name(name), "Invalid " + name(name) + ": must be one of " + String.join(", ", words));
            }
            return text;
        });
    }

    /// Nested parameters; none if they are not there.
    ///
    /// @throws StripeError if it is a text
    Form form(String name) {
        JsonNode value = root.get(name);
        if (value != null && !value.isObject()) {
            throw StripeError.invalid(name(name), "Invalid object: " + name(name) + ".");
        }
        return new Form(value instanceof ObjectNode object ? object : Json.object(), name(name));
    }

    /// The entries of a list of nested parameters, such as `items[0]`.
    List<Form> forms(String name) {
        List<Form> forms = new ArrayList<>();
        form(name)
                .root()
                .fieldNames()
                .forEachRemaining(index -> forms.add(form(name).form(index)));
        return forms;
    }

    /// The values of a list, such as `expand[0]`.
    List<String> list(String name) {
        List<String> values = new ArrayList<>();
        form(name).root().forEach(value -> values.add(value.asText()));
        return values;
    }

    /// What metadata becomes by these parameters: keys are added and changed, those without a value go, and without
    /// any key all go (Stripe API reference, "Metadata").
    ObjectNode metadata(JsonNode before) {
        ObjectNode after = before instanceof ObjectNode object ? object.deepCopy() : Json.object();
        JsonNode change = root.path("metadata");
        if (change.isTextual()) {
            if (!change.asText().isEmpty()) {
                throw StripeError.invalid(name("metadata"), "Invalid object");
            }
            return Json.object();
        }
        Form given = form("metadata");
        change.fieldNames().forEachRemaining(key -> {
            String value = given.text(key).orElseThrow();
            if (key.length() > LONGEST_KEY) {
                throw StripeError.invalid(given.at(), "Metadata keys can have up to " + LONGEST_KEY + " characters.");
            }
            if (value.length() > LONGEST_VALUE) {
                throw StripeError.invalid(
                        given.at(), "Metadata values can have up to " + LONGEST_VALUE + " characters.");
            }
            if (value.isEmpty()) {
                after.remove(key);
            } else {
                after.put(key, value);
            }
        });
        if (after.size() > MOST_KEYS) {
            throw StripeError.invalid(name("metadata"), "Metadata can have at most " + MOST_KEYS + " keys.");
        }
        return after;
    }
}
