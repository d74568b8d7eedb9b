package dev.tenantry.local.aws.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A resolved place in the template that knows where it is, for messages that say so.
final class Value {

    private final Tree tree;
    private final String place;
    private final Intrinsics intrinsics;

    Value(Tree tree, String place, Intrinsics intrinsics) {
        this.tree = intrinsics.resolve(tree, place);
        this.place = place;
        this.intrinsics = intrinsics;
    }

    /// The value of a key, empty if the key is absent or resolves to no value.
    Optional<Value> find(String key) {
        if (!(tree instanceof Tree.Fields fields)) {
            throw problem("a mapping is expected.");
        }
        return Optional.ofNullable(fields.values().get(key))
                .map(child -> child(key, child))
                .filter(child -> !(child.tree instanceof Tree.Nothing));
    }

    /// The value of a key that must be there.
    Value get(String key) {
        return find(key).orElseThrow(() -> problem(key + " is missing."));
    }

    String text() {
        if (tree instanceof Tree.Text text) {
            return text.value();
        }
        throw problem("a text is expected.");
    }

    int number() {
        try {
            return Integer.parseInt(text());
        } catch (NumberFormatException notANumber) {
            throw problem("a whole number is expected, not \"" + text() + "\".");
        }
    }

    boolean truth() {
        return switch (text()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw problem("true or false is expected, not \"" + text() + "\".");
        };
    }

    List<Value> items() {
        if (!(tree instanceof Tree.Items items)) {
            throw problem("a list is expected.");
        }
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < items.values().size(); i++) {
            values.add(new Value(items.values().get(i), place + "[" + i + "]", intrinsics));
        }
        return values;
    }

    List<String> texts() {
        return items().stream().map(Value::text).toList();
    }

    /// The entries of a mapping in the order written, without those that resolve to no value.
    Map<String, Value> entries() {
        if (!(tree instanceof Tree.Fields fields)) {
            throw problem("a mapping is expected.");
        }
        Map<String, Value> entries = new LinkedHashMap<>();
        fields.values().keySet().forEach(key -> find(key).ifPresent(value -> entries.put(key, value)));
        return entries;
    }

    TemplateProblem problem(String problem) {
        return new TemplateProblem(place, problem);
    }

    private Value child(String key, Tree child) {
        return new Value(child, place.isEmpty() ? key : place + "." + key, intrinsics);
    }
}
