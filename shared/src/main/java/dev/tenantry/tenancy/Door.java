package dev.tenantry.tenancy;

import dev.tenantry.refusal.Refusal.InsufficientRole;
import dev.tenantry.refusal.Refusal.IpNotAllowed;
import dev.tenantry.refusal.Refusal.TenantNotFound;
import dev.tenantry.storage.Lookup;

/// A way into one tenant that nobody has gone through yet. Opening it checks the caller and reads what the use case
/// asks for in one batch, so that authorisation and data cost one round trip together.
@FunctionalInterface
public interface Door {

    /// Goes in.
    ///
    /// @param lookups what to read along, besides the tenant itself
    /// @throws TenantNotFound   if the tenant is unknown or deleted, or the caller is no member
    /// @throws IpNotAllowed     if the tenant's allowlist does not let anyone in from the caller's address
    /// @throws InsufficientRole if the caller's role is lower than this door asks for
    TenantScope open(Lookup<?>... lookups);
}
