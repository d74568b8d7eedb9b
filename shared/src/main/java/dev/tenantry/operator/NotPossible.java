package dev.tenantry.operator;

/// A command that can't be carried out as things are. An answer for the operator, not an accident: it has no stack
/// trace.
public final class NotPossible extends RuntimeException {

    private final String code;

    /// @param code    a stable word for the reason
    /// @param message what is in the way, and what to do about it
    public NotPossible(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    public String code() {
        return code;
    }
}
