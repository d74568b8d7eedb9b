package dev.tenantry.events;

/// What the invoker of a function is told when an event could not be handled: nothing but that, and where to look. The
/// fault itself is in the log.
public final class EventFailed extends RuntimeException {

    /// @param message for whoever invoked the function
    EventFailed(String message) {
        super(message, null, false, false);
    }
}
