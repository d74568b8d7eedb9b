package dev.tenantry.invites;

import dev.tenantry.identity.EmailIdentity;
import dev.tenantry.refusal.InvalidValue;
import java.util.regex.Pattern;

/// An address that mail can be sent to: a dot-string, `@`, and a domain name (RFC 5321 §4.1.2), 254 characters at most,
/// in ASCII, without space around it.
///
/// Narrower than the RFC on purpose: no quoted local part, no literal IP address, no domain without a dot. An
/// internationalised domain is written in its ASCII form, so that a look-alike letter shows itself as `xn--…`.
public record EmailAddress(String value) {

    private static final int MAX_LENGTH = 254;
    private static final int MAX_LOCAL_LENGTH = 64;
    private static final int MAX_DOMAIN_LENGTH = 253;

    private static final Pattern LOCAL =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]++(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]++)*+");

    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?");

    /// @throws InvalidValue if the address breaks the rule above after trimming
    public EmailAddress {
        value = value.strip();
        if (value.length() > MAX_LENGTH) {
            throw new InvalidValue("must have at most " + MAX_LENGTH + " characters");
        }
        if (value.chars().anyMatch(c -> c > '~')) {
            throw new InvalidValue("must be in ASCII; write an internationalised domain in its xn-- form");
        }
        int at = value.indexOf('@');
        if (at < 0 || !isLocalPart(value.substring(0, at)) || !isDomain(value.substring(at + 1))) {
            throw new InvalidValue("must be an e-mail address, such as ada@example.com");
        }
    }

    /// Whom it stands for.
    public EmailIdentity identity() {
        return EmailIdentity.of(value);
    }

    private static boolean isLocalPart(String text) {
        return text.length() <= MAX_LOCAL_LENGTH && LOCAL.matcher(text).matches();
    }

    private static boolean isDomain(String text) {
        String[] labels = text.split("\\.", -1);
        if (text.length() > MAX_DOMAIN_LENGTH || labels.length < 2) {
            return false;
        }
        for (String label : labels) {
            if (!LABEL.matcher(label).matches()) {
                return false;
            }
        }
        // A last label of digits only would be (part of) an IP address.
        return labels[labels.length - 1].chars().anyMatch(c -> c < '0' || c > '9');
    }

    /// An address is personal: what prints it by accident, a log or an exception, shows whom it stands for and no
    /// more.
    @Override
    public String toString() {
        return "EmailAddress[" + identity().digest() + "]";
    }
}
