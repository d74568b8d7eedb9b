package dev.tenantry.invites;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Text with places for values, such as `{tenant}`. Values are put in once and not looked at again, so braces in a name
/// are just braces.
final class Template {

    private static final Pattern PLACE = Pattern.compile("\\{([a-zA-Z]+)}");

    private Template() {}

    /// A resource beside this class, in UTF-8.
    static String read(String file) {
        try (InputStream in = Template.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("there is no resource " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @throws IllegalStateException if a place has no value
    static String fill(String template, Map<String, String> values) {
        return PLACE.matcher(template).replaceAll(place -> {
            String value = values.get(place.group(1));
            if (value == null) {
                throw new IllegalStateException("nothing to put in the place of " + place.group());
            }
            return Matcher.quoteReplacement(value);
        });
    }

    /// A text as it stands in HTML, between tags or in a quoted attribute.
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
