package dev.tenantry.dns;

import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import java.time.Instant;

/// The TXT records of DNS, which whoever has a domain writes.
public interface TxtRecords {

    /// What is published under a name, aliases (CNAME) followed.
    ///
    /// @param name     fully qualified, of letters, digits, `-`, `_` and dots
    /// @param deadline when to give up
    /// @throws UpstreamUnavailable if there is no answer by then
    TxtAnswer at(String name, Instant deadline);
}
