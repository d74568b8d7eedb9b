package dev.tenantry.http;

import dev.tenantry.storage.Change;
import java.util.Optional;

/// An answer, and the change that must happen before it is given.
///
/// @param change empty if the request only reads
public record Reply(Response response, Optional<Change> change) {}
