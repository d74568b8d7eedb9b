package dev.tenantry.profiles;

import dev.tenantry.refusal.InvalidValue;

/// Seconds between two heartbeats of a charger (OCPP 1.6 §4.2, OCPP 2.0.1 B02): 0 leaves it to the charger, and a day
/// is the most, because a heartbeat is what sets the charger's clock.
public record HeartbeatInterval(int seconds) {

    public static final HeartbeatInterval USUAL = new HeartbeatInterval(300);

    private static final int MAX = 86_400;

    /// @throws InvalidValue if it is negative or longer than a day
    public HeartbeatInterval {
        if (seconds < 0 || seconds > MAX) {
            throw outOfRange();
        }
    }

    /// @throws InvalidValue if it is negative or longer than a day
    public static HeartbeatInterval of(long seconds) {
        if (seconds < 0 || seconds > MAX) {
            throw outOfRange();
        }
        return new HeartbeatInterval((int) seconds);
    }

    private static InvalidValue outOfRange() {
        return new InvalidValue("must be from 0 to 86400 seconds; 0 leaves it to the charger");
    }
}
