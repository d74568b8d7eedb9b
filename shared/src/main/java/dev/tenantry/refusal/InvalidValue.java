package dev.tenantry.refusal;

/// A value that breaks its type's rule. The message follows the field's name in a sentence ("must be …") and is shown
/// to the caller, who knows where the value stood; whoever reads the field adds that.
public final class InvalidValue extends IllegalArgumentException {

    public InvalidValue(String message) {
        super(message);
    }
}
