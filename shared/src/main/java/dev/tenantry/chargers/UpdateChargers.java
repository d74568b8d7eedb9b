package dev.tenantry.chargers;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditStore;
import dev.tenantry.audit.Event;
import dev.tenantry.chargers.ChargersById.Found;
import dev.tenantry.profiles.ProfileStore;
import dev.tenantry.refusal.Refusal.ChargerNotFound;
import dev.tenantry.refusal.Refusal.Fault;
import dev.tenantry.refusal.Refusal.InvalidRequest;
import dev.tenantry.refusal.Refusal.PreconditionFailed;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Precondition;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.tenants.TenantStore;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import javax.inject.Inject;

/// Changes chargers, all of them or none: names, blocks, moves to other profiles, serial numbers, passwords.
public final class UpdateChargers {

    /// Most chargers in one change. Each takes up to three rows (itself, the profile that it had, the one that it
    /// gets), of the 100 that a DynamoDB transaction takes.
    public static final int MAX_CHARGERS = 20;

    private final TenantStore tenants;
    private final ChargersById byId;
    private final ChargerStore chargers;
    private final ProfileStore profiles;
    private final AuditStore audit;
    private final RandomGenerator random;

    @Inject
    UpdateChargers(
            TenantStore tenants,
            ChargersById byId,
            ChargerStore chargers,
            ProfileStore profiles,
            AuditStore audit,
            RandomGenerator random) {
        this.tenants = tenants;
        this.byId = byId;
        this.chargers = chargers;
        this.profiles = profiles;
        this.audit = audit;
        this.random = random;
    }

    /// An edit that changes nothing is no change: no audit entry, no new version. A password is
    /// always one, even if it is the one that there is: finding that out would be an oracle for whoever wants to
    /// guess it.
    ///
    /// @param edits at most [#MAX_CHARGERS], of no charger two
    /// @return in the order in which they were named
    /// @throws ChargerNotFound if there are none of some of those numbers, naming all of them
    /// @throws PreconditionFailed if a charger has another version than the caller expects
    /// @throws InvalidRequest  if the tenant lacks some of the profiles, naming all of those
    public Decision<List<ShownCharger>> run(Door door, List<ChargerEdit> edits, Precondition precondition) {
        List<String> named = edits.stream().map(ChargerEdit::chargerId).toList();
        List<Long> profileIds =
                edits.stream().flatMap(edit -> edit.profileId().stream()).toList();
        Found found = byId.open(door, named, ProfilesOfChargers.lookups(profileIds));
        TenantScope scope = found.scope();
        found.chargers().forEach(charger -> precondition.require(charger.edition()));
        requireProfiles(scope, edits);

        Change change = Change.in(scope);
        List<ShownCharger> shown = new ArrayList<>();
        List<Event> events = new ArrayList<>();
        ProfilesOfChargers counted = new ProfilesOfChargers();
        for (int i = 0; i < edits.size(); i++) {
            Charger from = found.chargers().get(i);
            Charger to = edited(scope, from, edits.get(i));
            shown.add(new ShownCharger(tenants.tenant(scope).id(), to));
            if (to == from) {
                continue;
            }
            chargers.update(change, scope, from, to);
            events.add(ChargerAudit.changed(
                    from, to, edits.get(i).password().newValue().isPresent()));
            if (to.profileId() != from.profileId()) {
                counted.lose(from.profileId());
                counted.gain(to.profileId());
            }
        }
        counted.count(change, scope, profiles);
        audit.record(change, scope, AuditAction.CHARGER_UPDATED, events);
        return new Decision<>(shown, change);
    }

    private static void requireProfiles(TenantScope scope, List<ChargerEdit> edits) {
        List<Fault> faults = new ArrayList<>();
        for (ChargerEdit edit : edits) {
            edit.profileId().ifPresent(id -> ProfilesOfChargers.require(scope, id, edit.pointer(), faults));
        }
        if (!faults.isEmpty()) {
            throw new InvalidRequest(faults);
        }
    }

    private Charger edited(TenantScope scope, Charger from, ChargerEdit edit) {
        return from.edited(
                edit.displayName().applyTo(from.displayName()),
                edit.profileId().orElse(from.profileId()),
                edit.serialNumber().map(SerialNumber::value),
                edit.blocked().orElse(from.blocked()),
                edit.password().map(given -> given.hash(random)).applyTo(from.passwordHash()),
                scope.now());
    }
}
