package dev.tenantry.local.operate;

import java.io.IOException;

/// The operator's function, wherever it runs.
@FunctionalInterface
interface OperatorFunction {

    /// What a function made of an event.
    ///
    /// @param isError it failed; the answer then says why
    record Answer(String json, boolean isError) {}

    /// @throws IOException if it could not be invoked
    Answer invoke(String event) throws IOException;
}
