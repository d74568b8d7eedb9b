package dev.tenantry.ips;

import dev.tenantry.addresses.IpBlock;
import java.time.Instant;
import java.util.Optional;

/// What an admin says of a new entry.
///
/// @param expiresAt when it ceases to count; empty for never
public record NewIp(IpBlock block, Optional<IpDescription> description, IpScope scope, Optional<Instant> expiresAt) {}
