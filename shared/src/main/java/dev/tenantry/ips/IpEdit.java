package dev.tenantry.ips;

import dev.tenantry.edit.Edit;
import java.time.Instant;

/// What an admin wants to be different about an entry. What it lets in where stays as it is: that is another entry.
///
/// @param expiresAt cleared for never
public record IpEdit(Edit<IpDescription> description, Edit<Instant> expiresAt) {}
