package dev.tenantry.config;

import java.util.Locale;

/// What an operator has a subscription decide about a tenant's chargers. Each includes what the ones before it do.
public enum SubscriptionEnforcement {
    /// Nothing.
    OFF,
    /// How many there may be: as many as an active one pays for, and none without.
    REGISTRATION,
    /// Whether they may connect at all: not without an active one.
    CONNECTION;

    /// @throws IllegalStateException if it is none
    static SubscriptionEnforcement of(String text) {
        for (SubscriptionEnforcement enforcement : values()) {
            if (enforcement.name().toLowerCase(Locale.ROOT).equals(text)) {
                return enforcement;
            }
        }
        throw new IllegalStateException(
                "The environment variable SUBSCRIPTION_ENFORCEMENT must be off, registration or connection.");
    }
}
