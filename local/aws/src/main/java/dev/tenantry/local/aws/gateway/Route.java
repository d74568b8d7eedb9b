package dev.tenantry.local.aws.gateway;

import dev.tenantry.local.aws.template.RouteDefinition;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One route that requests are held against.
///
/// @param definition what the template says of it
/// @param method     `ANY` for each
/// @param segments   what is between the slashes
record Route(RouteDefinition definition, String method, List<String> segments) {

    /// The most specific first: segment by segment a word, then a variable, then a greedy one; last a method before
    /// `ANY` (Amazon API Gateway Developer Guide, "Create routes for HTTP APIs": routing API requests).
    static final Comparator<Route> MOST_SPECIFIC_FIRST = (one, other) -> {
        int bySegments = compareSegments(one, other);
        return bySegments != 0 ? bySegments : Boolean.compare(one.method.equals("ANY"), other.method.equals("ANY"));
    };

    static Route of(RouteDefinition definition) {
        String[] words = definition.routeKey().split(" ", 2);
        return new Route(definition, words[0], segmentsOf(words[1]));
    }

    static List<String> segmentsOf(String path) {
        return Arrays.asList(path.substring(1).split("/", -1));
    }

    /// The decoded path variables if the request is for this route.
    ///
    /// @param path the request's segments, still encoded
    Optional<Map<String, String>> match(String requestMethod, List<String> path) {
        if (!method.equals("ANY") && !method.equals(requestMethod)) {
            return Optional.empty();
        }
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            if (i >= path.size()) {
                return Optional.empty();
            }
            if (isGreedy(segment)) {
                // It takes one character at least: in API Gateway, too, /{proxy+} leaves / to a route of its own. So a
                // bare /stripe/ is for $default, like /stripe.
                String rest = String.join("/", path.subList(i, path.size()));
                variables.put(segment.substring(1, segment.length() - 2), PercentEncoding.decodePath(rest));
                return rest.isEmpty() ? Optional.empty() : Optional.of(variables);
            }
            String actual = PercentEncoding.decodePath(path.get(i));
            if (isVariable(segment) && !actual.isEmpty()) {
                variables.put(segment.substring(1, segment.length() - 1), actual);
            } else if (!segment.equals(actual)) {
                return Optional.empty();
            }
        }
        return path.size() == segments.size() ? Optional.of(variables) : Optional.empty();
    }

    private static int compareSegments(Route one, Route other) {
        for (int i = 0; i < Math.min(one.segments.size(), other.segments.size()); i++) {
            int difference = vagueness(one.segments.get(i)) - vagueness(other.segments.get(i));
            if (difference != 0) {
                return difference;
            }
        }
        return other.segments.size() - one.segments.size();
    }

    private static int vagueness(String segment) {
        if (isGreedy(segment)) {
            return 2;
        }
        return isVariable(segment) ? 1 : 0;
    }

    private static boolean isGreedy(String segment) {
        return segment.startsWith("{") && segment.endsWith("+}");
    }

    private static boolean isVariable(String segment) {
        return segment.startsWith("{") && segment.endsWith("}");
    }
}
