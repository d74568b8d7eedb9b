package dev.tenantry.provisioning;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditStore;
import dev.tenantry.audit.Event;
import dev.tenantry.profiles.ProvisioningWindow;
import dev.tenantry.profiles.ProvisioningWindowStore;
import dev.tenantry.refusal.Refusal.PreconditionFailed;
import dev.tenantry.refusal.Refusal.ProvisioningOff;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Precondition;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.TenantScope;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;

/// Changes the window that is open, without starting it anew: what has registered in it counts on.
public final class ChangeProvisioning {

    private final ProvisioningWindowStore provisioning;
    private final AuditStore audit;

    @Inject
    ChangeProvisioning(ProvisioningWindowStore provisioning, AuditStore audit) {
        this.provisioning = provisioning;
        this.audit = audit;
    }

    /// A limit below the number that has registered lets no more in.
    ///
    /// @throws ProvisioningOff    if no window is open
    /// @throws PreconditionFailed if it is not the expected window that is open, or somebody changed it
    public Decision<Optional<ProvisioningWindow>> run(Door door, WindowEdit edit, Precondition precondition) {
        TenantScope scope = door.open(ProvisioningWindowStore.window());
        Optional<ProvisioningWindow> open = provisioning.open(scope);
        precondition.require(ShowProvisioning.version(open));
        ProvisioningWindow from = open.orElseThrow(ProvisioningOff::new);
        Instant validUntil = edit.duration().map(scope.now()::plus).orElse(from.validUntil());
        Optional<Long> maxChargers = edit.maxChargers().applyTo(from.maxChargers());
        if (validUntil.equals(from.validUntil()) && maxChargers.equals(from.maxChargers())) {
            return new Decision<>(open, Change.empty());
        }
        ProvisioningWindow to = new ProvisioningWindow(
                from.id(),
                from.profileId(),
                from.startedAt(),
                validUntil,
                from.startedBy(),
                maxChargers,
                from.registeredCount(),
                from.edition() + 1);
        Change change = Change.in(scope);
        provisioning.change(change, scope, from, to);
        audit.record(change, scope, AuditAction.PROVISIONING_CHANGED, changed(from, to));
        return new Decision<>(Optional.of(to), change);
    }

    private static Event changed(ProvisioningWindow from, ProvisioningWindow to) {
        Map<String, Object> before = new LinkedHashMap<>(ProvisioningAudit.values(from));
        Map<String, Object> after = new LinkedHashMap<>(ProvisioningAudit.values(to));
        before.entrySet().removeIf(value -> value.getValue().equals(after.get(value.getKey())));
        after.keySet().retainAll(before.keySet());
        return Event.changed(Long.toString(from.id()), before, after);
    }
}
