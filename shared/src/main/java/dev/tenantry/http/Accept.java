package dev.tenantry.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads `Accept` (RFC 9110 §12.5.1) for an answer that can be given as JSON or as CSV.
final class Accept {

    /// RFC 9110 §12.4.2.
    private static final Pattern WEIGHT = Pattern.compile("0([.][0-9]{0,3})?|1([.]0{0,3})?");

    /// What our CSV says of itself.
    private static final List<String> PARAMETERS =
            Stream.of(Response.CSV.split("; ", -1)).skip(1).toList();

    /// How exactly the header speaks of a media type (the type with all its parameters, the type, `text/*`, `*/*`),
    /// and how much it likes it, in thousandths.
    private record Preference(int exactness, int weight) {

        static final Preference NONE = new Preference(0, 0);
    }

    private Accept() {}

    /// Whether CSV fits better than JSON. Liked as much, it is the one that is spoken of more exactly; still alike,
    /// or where neither fits, it is JSON.
    static boolean prefersCsv(String header) {
        Preference csv = of(header, "text", "csv");
        Preference json = of(header, "application", "json");
        return csv.weight != json.weight ? csv.weight > json.weight : csv.weight > 0 && csv.exactness > json.exactness;
    }

    /// The most exact of the ranges that a media type is in.
    private static Preference of(String header, String type, String subtype) {
        Preference best = Preference.NONE;
        for (String range : header.toLowerCase(Locale.ROOT).split(",", -1)) {
            Optional<Preference> preference = in(range.split(";", -1), type, subtype);
            if (preference.isPresent() && preference.get().exactness > best.exactness) {
                best = preference.get();
            }
        }
        return best;
    }

    private static Optional<Preference> in(String[] range, String type, String subtype) {
        int exactness = exactness(range[0].strip(), type, subtype);
        int weight = 1000;
        for (int i = 1; i < range.length && exactness > 0; i++) {
            String parameter = range[i].strip().replace("\"", "");
            if (parameter.startsWith("q=")) {
                String text = parameter.substring("q=".length());
                // A weight that is none says nothing, and neither does its range.
                exactness = WEIGHT.matcher(text).matches() ? exactness : 0;
                weight = exactness > 0 ? Math.round(Float.parseFloat(text) * 1000) : 0;
            } else if (!parameter.isEmpty()) {
                // What our CSV is like, another one is not; JSON has no parameters.
                boolean ours = subtype.equals("csv") && PARAMETERS.contains(parameter);
                exactness = ours ? exactness + 1 : 0;
            }
        }
        return exactness > 0 ? Optional.of(new Preference(exactness, weight)) : Optional.empty();
    }

    private static int exactness(String range, String type, String subtype) {
        if (range.equals(type + "/" + subtype)) {
            return 3;
        }
        if (range.equals(type + "/*")) {
            return 2;
        }
        return range.equals("*/*") ? 1 : 0;
    }
}
