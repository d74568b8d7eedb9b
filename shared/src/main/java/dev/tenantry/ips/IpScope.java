package dev.tenantry.ips;

import dev.tenantry.refusal.InvalidValue;

/// What an entry of the allowlist lets in. A scope without entries lets in everyone.
public enum IpScope {
    /// Chargers that connect to the broker.
    CHARGER("charger"),
    /// People who call this API.
    API("api");

    private final String text;

    IpScope(String text) {
        this.text = text;
    }

    /// The scope's name in the API and in the table.
    public String text() {
        return text;
    }

    /// The scope of that name.
    ///
    /// @throws InvalidValue if there is none
    public static IpScope of(String text) {
        for (IpScope scope : values()) {
            if (scope.text.equals(text)) {
                return scope;
            }
        }
        throw new InvalidValue("must be one of charger, api");
    }
}
