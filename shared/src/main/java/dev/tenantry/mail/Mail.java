package dev.tenantry.mail;

/// A message to one person, in two forms that say the same.
///
/// @param to      an address as RFC 5321 writes it, in ASCII
/// @param subject one line
/// @param text    for readers that show no HTML
/// @param html    a whole document
public record Mail(String to, String subject, String text, String html) {

    public Mail {
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
