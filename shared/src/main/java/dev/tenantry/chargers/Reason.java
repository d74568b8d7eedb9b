package dev.tenantry.chargers;

import java.util.Optional;

/// Why a charger is turned away.
public enum Reason {
    /// Its identity breaks OCPP's rule for one.
    INVALID_IDENTITY("invalid_identity"),
    /// No such tenant, or one that was deleted.
    UNKNOWN_TENANT("unknown_tenant"),
    /// The operator has suspended the tenant.
    TENANT_SUSPENDED("tenant_suspended"),
    /// The tenant's allowlist does not have its address.
    IP_NOT_ALLOWED("ip_not_allowed"),
    /// It is not registered, and no provisioning window is open.
    UNKNOWN_CHARGER("unknown_charger"),
    /// Somebody blocked it.
    CHARGER_BLOCKED("charger_blocked"),
    /// It did not prove to be what it says to be.
    BAD_CREDENTIALS("bad_credentials"),
    /// Too many wrong passwords came from where it comes from.
    TOO_MANY_ATTEMPTS("too_many_attempts"),
    /// Its profile asks for TLS.
    INSECURE_TRANSPORT("insecure_transport"),
    /// The open provisioning window has as many chargers as it takes.
    PROVISIONING_FULL("provisioning_full"),
    /// The tenant has as many chargers as it may.
    CHARGER_LIMIT("charger_limit"),
    /// The tenant has no active subscription, and the operator insists on one.
    SUBSCRIPTION_INACTIVE("subscription_inactive");

    private final String text;

    Reason(String text) {
        this.text = text;
    }

    /// The reason's name in the broker's answer and in the table.
    public String text() {
        return text;
    }

    /// The reason of that name, if there is one.
    static Optional<Reason> of(String text) {
        for (Reason reason : values()) {
            if (reason.text.equals(text)) {
                return Optional.of(reason);
            }
        }
        return Optional.empty();
    }
}
