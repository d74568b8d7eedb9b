package dev.tenantry.chargers;

/// A charger is turned away. An answer for the broker, not an accident: it has no stack trace.
public final class Rejection extends RuntimeException {

    private final Reason reason;

    Rejection(Reason reason) {
        super(reason.text(), null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
