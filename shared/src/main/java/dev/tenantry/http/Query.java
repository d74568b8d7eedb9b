package dev.tenantry.http;

import dev.tenantry.refusal.InvalidValue;
import dev.tenantry.refusal.Refusal.Fault;
import dev.tenantry.refusal.Refusal.InvalidRequest;
import dev.tenantry.storage.PageRequest;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// A request's query. Like [Fields] it gathers what is wrong: name the parameters, then [#complete]. Parameters that
/// nobody asks for are refused: who filters by what is no filter must not get everything.
public final class Query {

    private static final String LIMIT = "limit";

    /// Only the digits of ASCII, and no sign: parsing alone would take the digits of every script.
    private static final Pattern LIMIT_DIGITS = Pattern.compile("[1-9][0-9]{0,3}");

    private static final String CURSOR = "cursor";

    private final Map<String, List<String>> parameters = new LinkedHashMap<>();
    private final String list;
    private final List<Fault> faults = new ArrayList<>();
    private final Set<String> known = new LinkedHashSet<>();
    private boolean told;

    /// @param list what a cursor of this list must have been given out for, besides the parameters
    Query(String rawQuery, String list) {
        this.list = list;
        parse(rawQuery);
    }

    /// A parameter that may be absent. Given twice it is refused: which of them would be meant?
    ///
    /// @param type the value's type, which throws [InvalidValue] for a text that is none
    public <T> Supplier<Optional<T>> optional(String name, Function<String, T> type) {
        known.add(name);
        List<String> values = parameters.getOrDefault(name, List.of());
        if (values.isEmpty()) {
            return Optional::empty;
        }
        if (values.size() > 1) {
            fault(name, "must be given once");
            return Query::faulty;
        }
        try {
            Optional<T> value = Optional.of(type.apply(values.getFirst()));
            return () -> value;
        } catch (InvalidValue e) {
            fault(name, String.valueOf(e.getMessage()));
            return Query::faulty;
        }
    }

    /// A parameter that may be absent and that is a time, or can be one. What is wrong with it also says how a
    /// query writes the `+` of an offset: as it is, it would be a space.
    ///
    /// @param type the value's type, which throws [InvalidValue] for a text that is none
    public <T> Supplier<Optional<T>> optionalTime(String name, Function<String, T> type) {
        return optional(name, text -> {
            try {
                return type.apply(text);
            } catch (InvalidValue e) {
                throw new InvalidValue(e.getMessage() + "; in a query, + is written %2B");
            }
        });
    }

    /// Which page is wanted: `limit` (1..1000, default 1000) and `cursor`.
    public Supplier<PageRequest> page() {
        Supplier<Optional<Integer>> limit = optional(LIMIT, Query::limit);
        Supplier<Optional<String>> after = optional(CURSOR, cursor -> Cursor.position(cursor, fingerprint()));
        return () -> new PageRequest(limit.get().orElse(PageRequest.MOST), after.get());
    }

    /// Nothing is wrong with a parameter so far, so that its value can be held against others.
    public boolean isSound(String name) {
        return faults.stream().noneMatch(fault -> fault.pointer().equals("?" + name));
    }

    /// Says that something is wrong with a parameter.
    public void fault(String name, String message) {
        faults.add(new Fault("?" + name, message));
    }

    /// The result, if nothing is wrong.
    ///
    /// @throws InvalidRequest naming every fault, unknown parameters among them
    public <T> T complete(Supplier<T> result) {
        List<Fault> all = untold();
        if (!all.isEmpty()) {
            throw new InvalidRequest(all);
        }
        return result.get();
    }

    /// What is wrong with the query as it was read so far, once: what was told is told. Of a query that nobody
    /// reads, every parameter is unknown.
    List<Fault> untold() {
        if (told) {
            return List.of();
        }
        told = true;
        for (String name : parameters.keySet()) {
            if (!known.contains(name)) {
                fault(
                        name,
                        "is not a parameter of this request, which takes "
                                + (known.isEmpty() ? "none" : String.join(", ", known)));
            }
        }
        return List.copyOf(faults);
    }

    /// This query with a cursor for what follows the position.
    String goingOnAfter(String position) {
        StringBuilder query = new StringBuilder();
        parameters.forEach((name, values) -> {
            if (!name.equals(CURSOR)) {
                values.forEach(value -> query.append(encoded(name))
                        .append('=')
                        .append(encoded(value))
                        .append('&'));
            }
        });
        return query.append(CURSOR)
                .append('=')
                .append(Cursor.of(position, fingerprint()))
                .toString();
    }

    /// What makes this list this list: a page of another size is still one of it.
    private String fingerprint() {
        StringBuilder text = new StringBuilder(list);
        parameters.keySet().stream()
                .filter(name -> !name.equals(CURSOR) && !name.equals(LIMIT))
                .sorted()
                .forEach(name -> text.append('\n').append(name).append('=').append(parameters.get(name)));
        return text.toString();
    }

    private static int limit(String text) {
        if (LIMIT_DIGITS.matcher(text).matches() && Integer.parseInt(text) <= PageRequest.MOST) {
            return Integer.parseInt(text);
        }
        throw new InvalidValue("must be a whole number from 1 to " + PageRequest.MOST);
    }

    private void parse(String rawQuery) {
        for (String pair : rawQuery.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                try {
                    String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
                    String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
                    parameters.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
                } catch (IllegalArgumentException e) {
                    fault("", "must be percent-encoded (RFC 3986): % is followed by two hexadecimal digits");
                }
            }
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static <T> T faulty() {
        throw new IllegalStateException("a faulty parameter has no value; ask complete first");
    }
}
