package dev.tenantry.identity;

import dev.tenantry.refusal.InvalidValue;
import java.util.Locale;

/// How a charger's identity begins, case aside: 1..48 printable ASCII characters. What no identity can have in it is
/// the beginning of none.
///
/// @param value in lower case
public record IdentityPrefix(String value) {

    private static final int MAX_LENGTH = 48;

    /// @throws InvalidValue if it breaks the rule above
    public IdentityPrefix {
        if (value.isEmpty() || value.length() > MAX_LENGTH || !value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new InvalidValue("must have 1 to 48 printable ASCII characters");
        }
        value = value.toLowerCase(Locale.ROOT);
    }
}
