package dev.tenantry.tenants;

import dev.tenantry.config.Settings;
import dev.tenantry.refusal.Refusal.EmailNotVerified;
import dev.tenantry.refusal.Refusal.TenantCreationClosed;
import dev.tenantry.refusal.Refusal.TooManyTenants;
import dev.tenantry.refusal.Refusal.UnusableIdentity;
import dev.tenantry.storage.Decision;
import dev.tenantry.tenancy.Caller;
import java.util.Optional;
import javax.inject.Inject;

/// Founds a tenant for whoever asks, within what a deployment allows.
public final class CreateTenant {

    private final FoundTenant found;
    private final Settings.Founding allowed;

    @Inject
    CreateTenant(FoundTenant found, Settings settings) {
        this.found = found;
        this.allowed = settings.founding();
    }

    /// @throws TenantCreationClosed if the operator alone creates tenants
    /// @throws UnusableIdentity     if the caller's token names no e-mail address
    /// @throws EmailNotVerified     if nobody has verified that the address is theirs
    /// @throws TooManyTenants       if they have created as many as they may have
    public Decision<Tenant> run(Caller caller, NewTenant wanted) {
        if (allowed.byOperatorOnly()) {
            throw new TenantCreationClosed();
        }
        if (caller.email().isEmpty()) {
            throw new UnusableIdentity("email");
        }
        if (!caller.isEmailVerified()) {
            throw new EmailNotVerified();
        }
        return found.run(caller, wanted, Optional.of(allowed.perPerson()));
    }
}
