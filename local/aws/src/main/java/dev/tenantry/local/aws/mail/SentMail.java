package dev.tenantry.local.aws.mail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Json;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A mail as its reader gets it, and what SES knows of it besides.
///
/// @param id               that SES gave it
/// @param configurationSet that it was sent with; "" if with none
/// @param tags             that it was given
record SentMail(
        String id,
        String to,
        String subject,
        String text,
        String html,
        String configurationSet,
        Map<String, String> tags) {

    private static final Pattern LANGUAGE = Pattern.compile("<html lang=\"([^\"]+)\">");
    private static final Pattern LINK = Pattern.compile("https?://\\S+[?&]token=([A-Za-z0-9_-]+)");

    /// With what a reader would find in it: the language, the link, and the token in that.
    ObjectNode json() {
        Matcher language = LANGUAGE.matcher(html);
        Matcher link = LINK.matcher(text);
        boolean linked = link.find();
        return Json.object()
                .put("to", to)
                .put("subject", subject)
                .put("language", language.find() ? language.group(1) : null)
                .put("text", text)
                .put("html", html)
                .put("acceptUrl", linked ? link.group() : null)
                .put("token", linked ? link.group(1) : null);
    }
}
