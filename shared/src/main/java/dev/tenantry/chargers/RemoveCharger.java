package dev.tenantry.chargers;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditStore;
import dev.tenantry.chargers.ChargersById.Found;
import dev.tenantry.profiles.ProfileStore;
import dev.tenantry.refusal.Refusal.ChargerNotFound;
import dev.tenantry.refusal.Refusal.PreconditionFailed;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Precondition;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.TenantScope;
import java.util.List;
import javax.inject.Inject;

/// Removes a charger. Its identity is free from then on, it counts for its profile no more, and its connection is over
/// as far as the counts go: the broker closes it when it hears of the change.
public final class RemoveCharger {

    private final ChargersById byId;
    private final ChargerStore chargers;
    private final ProfileStore profiles;
    private final AuditStore audit;

    @Inject
    RemoveCharger(ChargersById byId, ChargerStore chargers, ProfileStore profiles, AuditStore audit) {
        this.byId = byId;
        this.chargers = chargers;
        this.profiles = profiles;
        this.audit = audit;
    }

    /// @param named the path's word for the charger
    /// @throws ChargerNotFound    if there is no such charger
    /// @throws PreconditionFailed if the charger has another version than the caller expects
    public Decision<Charger> run(Door door, String named, Precondition precondition) {
        Found found = byId.open(door, List.of(named), List.of());
        TenantScope scope = found.scope();
        Charger charger = found.chargers().getFirst();
        precondition.require(charger.edition());
        Change change = Change.in(scope);
        chargers.remove(change, scope, charger);
        profiles.countChargers(change, scope, charger.profileId(), -1);
        audit.record(change, scope, AuditAction.CHARGER_REMOVED, ChargerAudit.removed(charger));
        return new Decision<>(charger, change);
    }
}
