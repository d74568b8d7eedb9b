package dev.tenantry.identity;

import dev.tenantry.refusal.InvalidValue;
import java.util.Optional;

/// The name of a host, fully qualified, in the one form in which hosts are compared: ASCII in lower case, an
/// internationalised name as its A-labels (RFC 5890 §2.3.2.1), no dot at the end. A name, never an address: its last
/// label begins with a letter, and there is a label before it (RFC 1123 §2.1).
public record HostName(String value) {

    private static final int MAX_LENGTH = 253;
    private static final int MAX_LABEL_LENGTH = 63;

    /// @throws InvalidValue if the name breaks the rule above
    public HostName {
        if (!isHostName(value)) {
            throw new InvalidValue("must be a host name, such as chargers.example.com");
        }
    }

    /// The host that somebody wrote, whatever the case of its letters; empty if it is none.
    public static Optional<HostName> of(String written) {
        String lower = AsciiCase.lower(written);
        return isHostName(lower) ? Optional.of(new HostName(lower)) : Optional.empty();
    }

    /// The host that a client asked for, as its `Host` header says it: perhaps with a port (RFC 9110 §7.2), perhaps
    /// with the dot of the root at its end; empty if it is none.
    public static Optional<HostName> asked(String header) {
        int end = header.indexOf(':') < 0 ? header.length() : header.indexOf(':');
        if (end > 0 && header.charAt(end - 1) == '.') {
            end--;
        }
        // Whatever a stranger writes there, no more of it is looked at than a name can have.
        return end > MAX_LENGTH ? Optional.empty() : of(header.substring(0, end));
    }

    // Loops, because a charger's connect comes by here and neither streams nor patterns are loaded for it otherwise.
    private static boolean isHostName(String text) {
        int start = 0;
        int labels = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == '.') {
                if (!isLabel(text, start, i)) {
                    return false;
                }
                labels++;
                if (i < text.length()) {
                    start = i + 1;
                }
            }
        }
        return text.length() <= MAX_LENGTH && labels > 1 && isLetter(text.charAt(start));
    }

    private static boolean isLabel(String text, int start, int end) {
        if (end == start
                || end - start > MAX_LABEL_LENGTH
                || text.charAt(start) == '-'
                || text.charAt(end - 1) == '-') {
            return false;
        }
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (!isLetter(c) && !(c >= '0' && c <= '9') && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z';
    }

    @Override
    public String toString() {
        return value;
    }
}
