package dev.tenantry.upstream;

import dev.tenantry.refusal.Refusal.UpstreamUnavailable;

/// A service that this one relies on.
///
/// @param purpose what it does, for callers, to follow "the" in a sentence (`payment service`)
/// @param name    which one it is, for the operator's log
public record Upstream(String purpose, String name) {

    /// What there is to say if it fails.
    ///
    /// @param reason for the operator's log, never for the caller
    public UpstreamUnavailable unavailable(String reason) {
        return unavailable(reason, false);
    }

    /// @param lasting until an operator has changed something
    public UpstreamUnavailable unavailable(String reason, boolean lasting) {
        return new UpstreamUnavailable(purpose, name + ": " + reason.strip(), lasting);
    }
}
