package dev.tenantry.storage;

import dev.tenantry.text.Absent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue.Type;

/// The attributes of one row, typed. Times are ISO 8601 text in UTC.
public final class Row {

    static final Row EMPTY = new Row(Map.of());

    private final Map<String, AttributeValue> attributes;

    private Row(Map<String, AttributeValue> attributes) {
        this.attributes = attributes;
    }

    static Row of(Map<String, AttributeValue> attributes) {
        return new Row(attributes);
    }

    /// Starts a row without attributes.
    public static Builder with() {
        return new Builder();
    }

    /// No such row was found.
    public boolean isEmpty() {
        return attributes.isEmpty();
    }

    public boolean has(String name) {
        return attributes.containsKey(name);
    }

    public String text(String name) {
        return required(name).s();
    }

    public Optional<String> optionalText(String name) {
        return Optional.ofNullable(attributes.get(name)).map(AttributeValue::s);
    }

    public long number(String name) {
        return Long.parseLong(required(name).n());
    }

    public boolean flag(String name) {
        return required(name).bool();
    }

    public Instant instant(String name) {
        return Instant.parse(text(name));
    }

    public Optional<Instant> optionalInstant(String name) {
        return optionalText(name).map(Instant::parse);
    }

    /// The numbers of all attributes whose names begin with the prefix, by the rest of the name.
    public Map<String, Long> numbers(String prefix) {
        Map<String, Long> numbers = new TreeMap<>();
        attributes.forEach((name, value) -> {
            if (name.startsWith(prefix) && value.n() != null) {
                numbers.put(name.substring(prefix.length()), Long.valueOf(value.n()));
            }
        });
        return numbers;
    }

    /// Packed bytes.
    public byte[] bytes(String name) {
        return required(name).b().asByteArray();
    }

    /// Packed bytes in a list attribute.
    public List<byte[]> manyBytes(String name) {
        return required(name).l().stream().map(value -> value.b().asByteArray()).toList();
    }

    /// The rows nested in a list attribute.
    public List<Row> rows(String name) {
        return required(name).l().stream().map(value -> new Row(value.m())).toList();
    }

    /// A nested map of plain values, as [Builder#values] stored it.
    public Optional<Map<String, Object>> values(String name) {
        return Optional.ofNullable(attributes.get(name)).map(value -> plain(value.m()));
    }

    /// Every attribute but packed bytes and its key, by name in alphabetical order: text, numbers and flags, null,
    /// and lists and maps of such. What is wanted of a row is best said with it, since what a row may have one day
    /// is in it, too.
    ///
    /// @param names of the attributes that are wanted
    public Map<String, Object> values(Collection<String> names) {
        Map<String, Object> values = new LinkedHashMap<>();
        new TreeMap<>(attributes).forEach((name, value) -> {
            if (names.contains(name)) {
                values.put(name, nested(value));
            }
        });
        return values;
    }

    /// Those attributes beside the key in which a text, however deeply nested, becomes another one, and what they
    /// become: for [Update#replace].
    ///
    /// @param other what a text becomes; itself for most
    public Map<String, Object> replacing(UnaryOperator<String> other) {
        Map<String, Object> changed = new LinkedHashMap<>();
        attributes.forEach((name, value) -> {
            AttributeValue replaced = replaced(value, other);
            if (!replaced.equals(value) && !name.equals(Key.PARTITION) && !name.equals(Key.SORT)) {
                changed.put(name, replaced);
            }
        });
        return changed;
    }

    private static AttributeValue replaced(AttributeValue value, UnaryOperator<String> other) {
        return switch (value.type()) {
            case S -> AttributeValue.fromS(other.apply(value.s()));
            case L ->
                AttributeValue.fromL(
                        value.l().stream().map(item -> replaced(item, other)).toList());
            case M -> {
                Map<String, AttributeValue> map = new LinkedHashMap<>();
                value.m().forEach((name, item) -> map.put(name, replaced(item, other)));
                yield AttributeValue.fromM(map);
            }
            default -> value;
        };
    }

    private static Object nested(AttributeValue value) {
        return switch (value.type()) {
            case L ->
                value.l().stream()
                        .filter(item -> item.type() != Type.B)
                        .map(Row::nested)
                        .toList();
            case M -> {
                Map<String, Object> map = new LinkedHashMap<>();
                new TreeMap<>(value.m()).forEach((name, item) -> map.put(name, nested(item)));
                yield map;
            }
            default -> plain(value);
        };
    }

    /// One of its attributes, if it has that: for what the others would be too much to remember.
    public Row only(String name) {
        return has(name) ? new Row(Map.of(name, required(name))) : EMPTY;
    }

    /// The same without its key: to be put somewhere else.
    public Row withoutKey() {
        Map<String, AttributeValue> others = new LinkedHashMap<>(attributes);
        others.remove(Key.PARTITION);
        others.remove(Key.SORT);
        return new Row(others);
    }

    Map<String, AttributeValue> attributes() {
        return attributes;
    }

    AttributeValue required(String name) {
        AttributeValue value = attributes.get(name);
        if (value == null) {
            throw new IllegalStateException("a row lacks its attribute " + name);
        }
        return value;
    }

    private static Map<String, Object> plain(Map<String, AttributeValue> values) {
        Map<String, Object> plain = new LinkedHashMap<>();
        // Alphabetical, because a DynamoDB map has no order of its own and an answer should have one.
        new TreeMap<>(values).forEach((name, value) -> plain.put(name, plain(value)));
        return Collections.unmodifiableMap(plain);
    }

    private static Object plain(AttributeValue value) {
        return switch (value.type()) {
            case S -> value.s();
            case N -> Long.parseLong(value.n());
            case BOOL -> value.bool();
            case NUL -> Absent.NULL;
            default -> throw new IllegalStateException("not a plain value");
        };
    }

    /// One after the other, because a switch over types makes its code at its first call, and every request would
    /// pay for it at a cold start.
    static AttributeValue attribute(Object value) {
        if (value instanceof String text) {
            return AttributeValue.fromS(text);
        }
        if (value instanceof Number number) {
            return AttributeValue.fromN(number.toString());
        }
        if (value instanceof Boolean flag) {
            return AttributeValue.fromBool(flag);
        }
        if (value instanceof Instant instant) {
            return AttributeValue.fromS(instant.toString());
        }
        if (value instanceof byte[] bytes) {
            return AttributeValue.fromB(SdkBytes.fromByteArray(bytes));
        }
        if (value instanceof Absent) {
            return AttributeValue.fromNul(true);
        }
        if (value instanceof AttributeValue attribute) {
            return attribute;
        }
        if (value instanceof Row row) {
            return AttributeValue.fromM(row.attributes);
        }
        if (value instanceof List<?> list) {
            return AttributeValue.fromL(attributes(list));
        }
        if (value instanceof Map<?, ?> map) {
            return AttributeValue.fromM(attributes(map));
        }
        throw new IllegalArgumentException("no attribute can hold a " + value.getClass());
    }

    private static List<AttributeValue> attributes(List<?> list) {
        List<AttributeValue> nested = new ArrayList<>();
        for (Object value : list) {
            nested.add(attribute(value));
        }
        return nested;
    }

    private static Map<String, AttributeValue> attributes(Map<?, ?> map) {
        Map<String, AttributeValue> nested = new LinkedHashMap<>();
        map.forEach((name, value) -> nested.put((String) name, attribute(value)));
        return nested;
    }

    /// Collects the attributes of a row.
    public static final class Builder {

        private final Map<String, AttributeValue> attributes = new LinkedHashMap<>();

        private Builder() {}

        public Builder text(String name, String value) {
            attributes.put(name, AttributeValue.fromS(value));
            return this;
        }

        /// An absent value leaves no attribute.
        public Builder text(String name, Optional<String> value) {
            value.ifPresent(text -> text(name, text));
            return this;
        }

        public Builder number(String name, long value) {
            attributes.put(name, AttributeValue.fromN(Long.toString(value)));
            return this;
        }

        public Builder bytes(String name, byte[] value) {
            attributes.put(name, attribute(value));
            return this;
        }

        public Builder flag(String name, boolean value) {
            attributes.put(name, AttributeValue.fromBool(value));
            return this;
        }

        public Builder instant(String name, Instant value) {
            return text(name, value.toString());
        }

        /// An absent value leaves no attribute.
        public Builder instant(String name, Optional<Instant> value) {
            value.ifPresent(instant -> instant(name, instant));
            return this;
        }

        /// A nested map of plain values: text, integers, booleans, instants and [Absent#NULL].
        public Builder values(String name, Optional<Map<String, Object>> values) {
            values.ifPresent(map -> attributes.put(name, attribute(map)));
            return this;
        }

        /// A list attribute of nested rows.
        public Builder rows(String name, List<Row> rows) {
            attributes.put(name, attribute(rows));
            return this;
        }

        public Row row() {
            return new Row(Collections.unmodifiableMap(new LinkedHashMap<>(attributes)));
        }
    }
}
