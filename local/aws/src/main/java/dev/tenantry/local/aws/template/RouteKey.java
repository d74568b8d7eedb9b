package dev.tenantry.local.aws.template;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A route's key as API Gateway takes it (Amazon API Gateway Developer Guide, "Create routes for HTTP APIs"). One that
/// it does not take would stop a deployment, and here it would be a route that no request finds.
final class RouteKey {

    private static final Set<String> METHODS =
            Set.of("ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT");
    private static final Pattern WORD = Pattern.compile("[^{}?#\\s]+");
    private static final Pattern VARIABLE = Pattern.compile("[{]([A-Za-z0-9._-]+)([+]?)[}]");

    private static final Pattern NAME = Pattern.compile("[{][^{}+]+");

    private RouteKey() {}

    /// Whether two keys are one route: what a variable is called tells no requests apart.
    static boolean areOne(String key, String other) {
        return withoutNames(key).equals(withoutNames(other));
    }

    private static String withoutNames(String key) {
        return NAME.matcher(key).replaceAll("{");
    }

    /// @throws TemplateProblem if method or path is malformed
    static String of(Value method, Value path) {
        String verb = method.text().toUpperCase(Locale.ROOT);
        if (!METHODS.contains(verb)) {
            throw method.problem("\"" + method.text() + "\" is no method; use ANY, DELETE, GET, HEAD, OPTIONS, PATCH,"
                    + " POST or PUT.");
        }
        check(path);
        return verb + " " + path.text();
    }

    private static void check(Value path) {
        String text = path.text();
        if (!text.startsWith("/")) {
            throw path.problem("\"" + text + "\" must start with a slash.");
        }
        // The only path that may end with a slash.
        if (text.equals("/")) {
            return;
        }
        List<String> segments = Arrays.asList(text.substring(1).split("/", -1));
        Set<String> names = new HashSet<>();
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            if (WORD.matcher(segment).matches()) {
                continue;
            }
            Matcher variable = VARIABLE.matcher(segment);
            if (!variable.matches()) {
                throw path.problem("\"" + text + "\" has a malformed segment, \"" + segment
                        + "\"; write a word, {name}, or {name+} at the end.");
            }
            if (!names.add(variable.group(1))) {
                throw path.problem("\"" + text + "\" has the variable " + variable.group(1) + " twice.");
            }
            if (!variable.group(2).isEmpty() && i < segments.size() - 1) {
                throw path.problem(
                        "\"" + text + "\" goes on after {" + variable.group(1) + "+}, which takes all that is left.");
            }
        }
    }
}
