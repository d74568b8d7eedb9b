package dev.tenantry.ips;

import dev.tenantry.addresses.IpBlock;
import java.time.Instant;
import java.util.Optional;

/// An entry of a tenant's allowlist.
///
/// @param id        from 1 on, never given out again within the tenant
/// @param expiresAt when it ceases to count; empty for never
/// @param createdBy a user's id
/// @param version   one more with every edit
public record IpEntry(
        long id,
        IpBlock block,
        Optional<IpDescription> description,
        IpScope scope,
        Optional<Instant> expiresAt,
        String createdBy,
        Instant createdAt,
        long version) {

    /// The same entry after an edit.
    IpEntry with(IpEdit edit) {
        return new IpEntry(
                id,
                block,
                edit.description().applyTo(description),
                scope,
                edit.expiresAt().applyTo(expiresAt),
                createdBy,
                createdAt,
                version + 1);
    }
}
