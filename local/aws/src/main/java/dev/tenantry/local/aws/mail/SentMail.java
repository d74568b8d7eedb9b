package dev.tenantry.local.aws.mail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Json;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A mail as its reader gets it.
record SentMail(String to, String subject, String text, String html) {

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
