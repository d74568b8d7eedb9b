package dev.tenantry.profiles;

import dev.tenantry.refusal.InvalidValue;

/// How a charger proves who it is: OCPP's security profiles (OCPP 2.0.1 A00, and the OCPP 1.6 security whitepaper, §2),
/// and 0 for not at all.
public enum SecurityProfile {
    /// No credentials.
    NONE(0),
    /// A password, over a connection that anyone on the way can read.
    BASIC(1),
    /// A password over TLS.
    BASIC_OVER_TLS(2),
    /// TLS with a certificate of the charger's own.
    CLIENT_CERTIFICATE(3);

    /// What to say of the password that is missing.
    public static final String NEEDS_PASSWORD = "is required with the security profiles 1 and 2";

    private final int number;

    SecurityProfile(int number) {
        this.number = number;
    }

    /// Its number in OCPP, in the API and in the table.
    public int number() {
        return number;
    }

    /// Whether chargers show a password, so that there must be one to hold it against.
    public boolean needsPassword() {
        return this == BASIC || this == BASIC_OVER_TLS;
    }

    /// @throws InvalidValue if there is none of that number
    public static SecurityProfile of(long number) {
        for (SecurityProfile profile : values()) {
            if (profile.number == number) {
                return profile;
            }
        }
        throw new InvalidValue("must be 0, 1, 2 or 3");
    }
}
