package dev.tenantry.mail;

import java.util.Map;
import java.util.regex.Pattern;

/// A message to one person, in two forms that say the same.
///
/// @param to      an address as RFC 5321 writes it, in ASCII
/// @param subject one line
/// @param text    for readers that show no HTML
/// @param html    a whole document
/// @param tags    what the mail service tells along with whatever becomes of the mail: ids and digests, never an
///                address or a token. Its receiver does not see them
public record Mail(String to, String subject, String text, String html, Map<String, String> tags) {

    /// What names and values may be (Amazon SES API v2 Reference, "MessageTag").
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_-]{1,256}");

    public Mail {
        tags = Map.copyOf(tags);
        tags.forEach((name, value) -> {
            if (!TAG.matcher(name).matches() || !TAG.matcher(value).matches()) {
                throw new IllegalArgumentException("a tag has letters, digits, _ and - only");
            }
        });
        if (subject.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a subject is one line");
        }
    }

    /// An address and a link are for their receiver only: a record's own text would print them into the first log
    /// that sees it.
    @Override
    public String toString() {
        return "Mail[" + text.length() + " characters]";
    }
}
