package dev.tenantry.local.aws.lambda;

/// How an invocation ended.
public sealed interface Invocation {

    /// @param answer what the handler wrote
    record Returned(String answer) implements Invocation {}

    /// @param error what Lambda would answer: a JSON object with `errorType` and `errorMessage`
    record Failed(String error) implements Invocation {}

    /// The event was too large, and the handler was not asked.
    ///
    /// @param limit how many bytes it may have
    record Refused(int limit) implements Invocation {}
}
