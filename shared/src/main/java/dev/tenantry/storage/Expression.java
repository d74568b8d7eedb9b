package dev.tenantry.storage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A DynamoDB condition and update under construction. Names and values only ever go in as placeholders, so no value
/// can become syntax and no name can meet a reserved word.
final class Expression {

    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<String, AttributeValue> values = new LinkedHashMap<>();
    private final List<String> conditions = new ArrayList<>();
    private final List<String> sets = new ArrayList<>();
    private final List<String> removes = new ArrayList<>();
    private final List<String> adds = new ArrayList<>();

    void exists() {
        conditions.add("attribute_exists(" + name(Key.PARTITION) + ")");
    }

    void isNew() {
        conditions.add("attribute_not_exists(" + name(Key.PARTITION) + ")");
    }

    void isNewOrAtMost(String attribute, long limit) {
        conditions.add("(attribute_not_exists(" + name(Key.PARTITION) + ") OR " + name(attribute) + " <= "
                + value(Row.attribute(limit)) + ")");
    }

    void isNewOrWith(String attribute, String expected) {
        conditions.add("(attribute_not_exists(" + name(Key.PARTITION) + ") OR " + name(attribute) + " = "
                + value(Row.attribute(expected)) + ")");
    }

    void isNewOrOtherOrAtMost(String attribute, long unwanted, String until, long limit) {
        conditions.add("(attribute_not_exists(" + name(Key.PARTITION) + ") OR " + name(attribute) + " <> "
                + value(Row.attribute(unwanted)) + " OR " + name(until) + " <= " + value(Row.attribute(limit)) + ")");
    }

    void isVersion(String attribute, long read) {
        if (read == 0) {
            isAbsent(attribute);
        } else {
            is(attribute, read);
        }
    }

    void isAbsent(String attribute) {
        conditions.add("attribute_not_exists(" + name(attribute) + ")");
    }

    void is(String attribute, Object expected) {
        conditions.add(name(attribute) + " = " + value(Row.attribute(expected)));
    }

    void isAtLeast(String attribute, long minimum) {
        conditions.add(name(attribute) + " >= " + value(Row.attribute(minimum)));
    }

    void isAtMost(String attribute, long maximum) {
        conditions.add(name(attribute) + " <= " + value(Row.attribute(maximum)));
    }

    void set(String attribute, Object to) {
        sets.add(name(attribute) + " = " + value(Row.attribute(to)));
    }

    void append(String attribute, byte[] value) {
        sets.add(name(attribute) + " = list_append(if_not_exists(" + name(attribute) + ", "
                + value(Row.attribute(List.of())) + "), " + value(Row.attribute(List.of(value))) + ")");
    }

    void remove(String attribute) {
        removes.add(name(attribute));
    }

    void add(String attribute, long delta) {
        adds.add(name(attribute) + " " + value(Row.attribute(delta)));
    }

    @Nullable
    String condition() {
        return conditions.isEmpty() ? null : String.join(" AND ", conditions);
    }

    String update() {
        List<String> clauses = new ArrayList<>();
        clause(clauses, "SET ", sets);
        clause(clauses, "REMOVE ", removes);
        clause(clauses, "ADD ", adds);
        return String.join(" ", clauses);
    }

    @Nullable
    Map<String, String> names() {
        return names.isEmpty() ? null : names;
    }

    @Nullable
    Map<String, AttributeValue> values() {
        return values.isEmpty() ? null : values;
    }

    private static void clause(List<String> clauses, String verb, List<String> parts) {
        if (!parts.isEmpty()) {
            clauses.add(verb + String.join(", ", parts));
        }
    }

    private String name(String attribute) {
        String placeholder = "#" + attribute;
        names.put(placeholder, attribute);
        return placeholder;
    }

    private String value(AttributeValue value) {
        String placeholder = ":v" + values.size();
        values.put(placeholder, value);
        return placeholder;
    }
}
