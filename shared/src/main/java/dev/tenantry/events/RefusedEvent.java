package dev.tenantry.events;

/// An event that was understood and can't be acted upon as things are. Who invoked the function reads the message.
public final class RefusedEvent extends RuntimeException {

    private final String code;

    /// @param code    a stable word for the reason
    /// @param message what is in the way, and what to do about it
    public RefusedEvent(String code, String message) {
        super(code + ": " + message, null, false, false);
        this.code = code;
    }

    String code() {
        return code;
    }
}
