package dev.tenantry.provisioning;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditStore;
import dev.tenantry.audit.Event;
import dev.tenantry.profiles.ProvisioningWindow;
import dev.tenantry.profiles.ProvisioningWindowStore;
import dev.tenantry.refusal.Refusal.PreconditionFailed;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Precondition;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.TenantScope;
import java.util.Optional;
import javax.inject.Inject;

/// Turns provisioning mode off. Chargers that have registered stay.
public final class StopProvisioning {

    private final ProvisioningWindowStore provisioning;
    private final AuditStore audit;

    @Inject
    StopProvisioning(ProvisioningWindowStore provisioning, AuditStore audit) {
        this.provisioning = provisioning;
        this.audit = audit;
    }

    /// If it is off, that is no error, and nothing changes.
    ///
    /// @throws PreconditionFailed if it is not the expected window that is open
    public Decision<Optional<ProvisioningWindow>> run(Door door, Precondition precondition) {
        TenantScope scope = door.open(ProvisioningWindowStore.window());
        Optional<ProvisioningWindow> window = provisioning.open(scope);
        precondition.require(ShowProvisioning.version(window));
        Change change = Change.in(scope);
        if (window.isPresent()) {
            provisioning.stop(change, scope, window.get());
            audit.record(
                    change,
                    scope,
                    AuditAction.PROVISIONING_STOPPED,
                    Event.removed(Long.toString(window.get().id()), ProvisioningAudit.values(window.get())));
        }
        return new Decision<>(Optional.empty(), change);
    }
}
