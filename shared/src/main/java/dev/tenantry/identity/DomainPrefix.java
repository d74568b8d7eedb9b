package dev.tenantry.identity;

import dev.tenantry.refusal.InvalidValue;
import java.util.Optional;
import java.util.Set;

/// The name that a tenant goes by in paths and in its chargers' address, `wss://<domainPrefix>.<broker domain>/`: one
/// DNS label (RFC 1035 §2.3.1) of 3..40 characters.
public record DomainPrefix(String value) {

    /// Nobody's: no tenant can be founded under it. For priming, which must not meet anybody's data.
    public static final DomainPrefix NOBODYS = new DomainPrefix("xn--priming");

    private static final int MIN_LENGTH = 3;
    private static final int MAX_LENGTH = 40;

    /// Names that a visitor would take for the cloud itself. An internationalised label (`xn--…`, RFC 5890 §2.3.1)
    /// is refused as well: it is shown as other letters than it is made of.
    private static final Set<String> RESERVED = Set.of("""
            abuse account accounts admin administrator api app assets auth billing blog broker cdn console \
            cpms dashboard dev dns docs email ftp gateway help hostmaster imap info internal invite \
            localhost login mail metrics mx noreply ns1 ns2 oauth ocpp pop3 portal postmaster priming \
            root security smtp sso staging static status stripe support system tenant tenantry tenants \
            webhook webmaster wss www\
            """.split(" "));

    /// @throws InvalidValue if the name breaks the rule above
    public DomainPrefix {
        if (!isLabel(value)) {
            throw new InvalidValue(
                    "must have 3 to 40 characters of a-z, 0-9 and -, start with a letter and not end with -");
        }
    }

    /// A prefix for a new tenant.
    ///
    /// @throws InvalidValue also if the name is reserved
    public static DomainPrefix forNewTenant(String value) {
        DomainPrefix prefix = new DomainPrefix(value);
        if (RESERVED.contains(value) || value.startsWith("xn--")) {
            throw new InvalidValue("is reserved; choose another name");
        }
        return prefix;
    }

    /// The prefix that a path names; empty if no tenant can have it.
    public static Optional<DomainPrefix> inPath(String value) {
        return isLabel(value) ? Optional.of(new DomainPrefix(value)) : Optional.empty();
    }

    private static boolean isLabel(String value) {
        if (value.length() < MIN_LENGTH || value.length() > MAX_LENGTH || !isLetter(value.charAt(0))) {
            return false;
        }
        for (int i = 1; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!isLetter(c) && !(c >= '0' && c <= '9') && c != '-') {
                return false;
            }
        }
        return value.charAt(value.length() - 1) != '-';
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z';
    }

    @Override
    public String toString() {
        return value;
    }
}
