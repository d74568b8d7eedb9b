package dev.tenantry.local.aws.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Header fields (RFC 9110, section 5): names in lower case, each with its values in order. Immutable.
public final class Fields {

    private static final Fields NONE = new Fields(Map.of());

    private final Map<String, List<String>> values;

    private Fields(Map<String, List<String>> values) {
        this.values = values;
    }

    /// No fields.
    public static Fields none() {
        return NONE;
    }

    /// These fields; names that differ only in case are one.
    public static Fields of(Map<String, List<String>> fields) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        fields.forEach((name, all) ->
                values.computeIfAbsent(lower(name), absent -> new ArrayList<>()).addAll(all));
        return new Fields(values);
    }

    /// These fields and one more value.
    public Fields and(String name, String value) {
        Map<String, List<String>> more = copy();
        more.computeIfAbsent(lower(name), absent -> new ArrayList<>()).add(value);
        return new Fields(more);
    }

    /// These fields, with this value instead of any that the name has.
    public Fields with(String name, String value) {
        return without(name).and(name, value);
    }

    /// These fields without the named one.
    public Fields without(String name) {
        Map<String, List<String>> fewer = copy();
        fewer.remove(lower(name));
        return new Fields(fewer);
    }

    /// All values of a field, none if it is absent.
    public List<String> all(String name) {
        return Collections.unmodifiableList(values.getOrDefault(lower(name), List.of()));
    }

    /// The values of a field joined with commas, as one value (RFC 9110, section 5.3).
    public Optional<String> joined(String name) {
        List<String> all = all(name);
        return all.isEmpty() ? Optional.empty() : Optional.of(String.join(",", all));
    }

    /// The values by lower-case name.
    public Map<String, List<String>> asMap() {
        return Collections.unmodifiableMap(values);
    }

    private Map<String, List<String>> copy() {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        values.forEach((name, all) -> copy.put(name, new ArrayList<>(all)));
        return copy;
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
