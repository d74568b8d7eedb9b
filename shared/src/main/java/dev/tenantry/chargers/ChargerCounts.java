package dev.tenantry.chargers;

/// How many chargers a tenant has.
///
/// @param total       all that are registered
/// @param provisioned those that have connected at least once
/// @param online      those that are connected
public record ChargerCounts(long total, long provisioned, long online) {

    static final ChargerCounts NONE = new ChargerCounts(0, 0, 0);

    ChargerCounts plus(ChargerCounts other) {
        return new ChargerCounts(total + other.total, provisioned + other.provisioned, online + other.online);
    }

    /// What a charger adds to the counts.
    static ChargerCounts of(Charger charger) {
        return new ChargerCounts(1, charger.provisioned() ? 1 : 0, charger.online() ? 1 : 0);
    }

    ChargerCounts minus(ChargerCounts other) {
        return new ChargerCounts(total - other.total, provisioned - other.provisioned, online - other.online);
    }
}
