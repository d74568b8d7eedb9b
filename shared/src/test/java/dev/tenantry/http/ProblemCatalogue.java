package dev.tenantry.http;

import dev.tenantry.http.Problems.Problem;
import dev.tenantry.refusal.Refusal;
import dev.tenantry.refusal.Refusal.Fault;
import dev.tenantry.refusal.Refusal.InvalidRequest;
import java.lang.reflect.Constructor;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// All problems that the service can answer with, for tests that hold documents against them. Each kind of [Refusal]
/// that the compiler knows is made with sample values and given to [Problems], so that none can be forgotten here.
public final class ProblemCatalogue {

    /// Stands for any text; no text of the service has this character.
    private static final String TEXT = "\uE000";

    /// Stands for any number.
    private static final int NUMBER = 987_654_321;

    /// What all problems with one code have in common.
    ///
    /// @param details regular expressions, one of which each `detail` matches
    public record Entry(int status, String title, Set<String> details) {

        private static Entry of(Problem problem) {
            String detail = Pattern.quote(problem.detail())
                    .replace(TEXT, "\\E.+\\Q")
                    .replace(Integer.toString(NUMBER), "\\E[0-9]+\\Q");
            return new Entry(problem.status(), problem.title(), Set.of(detail));
        }

        private Entry and(Entry other) {
            if (status != other.status || !title.equals(other.title)) {
                throw new IllegalStateException("one code for " + this + " and " + other);
            }
            Set<String> all = new HashSet<>(details);
            all.addAll(other.details);
            return new Entry(status, title, all);
        }

        /// Whether the service can say this.
        public boolean canSay(String detail) {
            return details.stream().anyMatch(detail::matches);
        }
    }

    private ProblemCatalogue() {}

    /// Every problem by its code.
    public static Map<String, Entry> byCode() {
        Map<String, Entry> entries = new TreeMap<>();
        Stream.concat(
                        kinds(Refusal.class)
                                .flatMap(kind -> Arrays.stream(kind.getConstructors()))
                                .flatMap(ProblemCatalogue::samples)
                                .map(Problems::of),
                        Stream.of(Problems.unexpected()))
                .forEach(problem -> entries.merge(problem.code(), Entry.of(problem), Entry::and));
        return entries;
    }

    /// What `detail` is where a request has these faults.
    public static String detail(List<Fault> faults) {
        return Problems.of(new InvalidRequest(faults)).detail();
    }

    private static Stream<Class<?>> kinds(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(ProblemCatalogue::kinds)
                : Stream.of(type);
    }

    private static Stream<Refusal> samples(Constructor<?> constructor) {
        List<List<Object>> arguments = List.of(List.of());
        for (Type type : constructor.getGenericParameterTypes()) {
            List<List<Object>> longer = new ArrayList<>();
            for (List<Object> some : arguments) {
                for (Object value : values(type)) {
                    List<Object> more = new ArrayList<>(some);
                    more.add(value);
                    longer.add(more);
                }
            }
            arguments = longer;
        }
        return arguments.stream().map(values -> {
            try {
                return (Refusal) constructor.newInstance(values.toArray());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(constructor + " refuses " + values, e);
            }
        });
    }

    /// Enough values of a type to meet every wording: one, none and many are worded in different ways.
    private static List<Object> values(Type type) {
        return switch (type.getTypeName()) {
            case "java.lang.String" -> List.of(TEXT);
            case "int" -> List.of(0, 1, NUMBER);
            case "long" -> List.of(0L, 1L, (long) NUMBER);
            case "boolean" -> List.of(true, false);
            case "java.util.List<java.lang.String>" -> List.of(List.of(TEXT), List.of(TEXT, TEXT));
            case "java.util.List<dev.tenantry.refusal.Refusal$Fault>" -> List.of(List.of(new Fault(TEXT, TEXT)));
            default -> {
                if (type instanceof Class<?> kind && kind.isEnum()) {
                    yield List.of(kind.getEnumConstants());
                }
                throw new IllegalStateException("which values does " + type + " have?");
            }
        };
    }
}
