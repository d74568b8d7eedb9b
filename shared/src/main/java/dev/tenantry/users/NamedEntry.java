package dev.tenantry.users;

import dev.tenantry.audit.AuditEntry;
import java.util.Optional;

/// An entry of the audit trail, with what its actor is called now. The trail itself has no names, so that a person who
/// is erased leaves none.
///
/// @param actorName empty for whoever is no member, or not any more
public record NamedEntry(AuditEntry entry, Optional<String> actorName) {}
