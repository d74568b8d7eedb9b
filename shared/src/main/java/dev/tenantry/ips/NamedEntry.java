package dev.tenantry.ips;

import dev.tenantry.refusal.Refusal.IpNotFound;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Precondition;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.text.PathId;
import java.util.Optional;

/// The entry of an allowlist that a request names, as it is behind the tenant's door.
///
/// @param register says which entries there are
record NamedEntry(TenantScope scope, IpRegister register, IpEntry entry) {

    /// @param named the path's word for it
    /// @throws IpNotFound if there is no such entry, for example because it ran out
    /// @throws dev.tenantry.refusal.Refusal.PreconditionFailed if it has another version than the caller expects
    static NamedEntry read(IpStore ips, Door door, String named, Precondition precondition) {
        Optional<Long> id = PathId.inPath(named);
        if (id.isEmpty()) {
            // Nothing has such an id; but whether that is any of the caller's business, the door knows.
            door.open();
            throw new IpNotFound();
        }
        var lookup = IpStore.entry(id.get());
        TenantScope scope = door.open(IpStore.register(), lookup);
        IpRegister register = ips.register(scope);
        if (register.find(id.get(), scope.now()).isEmpty()) {
            throw new IpNotFound();
        }
        // In the register, but gone: a change happened while the two were read.
        IpEntry entry = scope.found(lookup).orElseThrow(Conflict::new);
        precondition.require(entry.version());
        return new NamedEntry(scope, register, entry);
    }
}
