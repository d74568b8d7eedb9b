package dev.tenantry.chargers;

import dev.tenantry.identity.ChargePointIdentity;
import dev.tenantry.refusal.Refusal.ChargerNotFound;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Lookup;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.text.PathId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;

/// Finds chargers by their numbers, behind a door. Chargers are kept by identity, so it takes two round trips: which
/// identities have those numbers, which is read along at the door, then the chargers.
final class ChargersById {

    private final ChargerStore chargers;

    @Inject
    ChargersById(ChargerStore chargers) {
        this.chargers = chargers;
    }

    /// What was found behind the door.
    ///
    /// @param chargers in the order in which they were asked for
    record Found(TenantScope scope, List<Charger> chargers) {}

    /// @param named     whatever numbers somebody says, none of them twice
    /// @param alongside what else to read along at the door
    /// @throws ChargerNotFound if there are none of some of those numbers, naming all of them
    Found open(Door door, List<String> named, List<Lookup<?>> alongside) {
        List<Lookup<?>> lookups = new ArrayList<>(alongside);
        // What can be nobody's number has no key to look for.
        named.forEach(name -> lookup(name).ifPresent(lookups::add));
        TenantScope scope = door.open(lookups.toArray(Lookup<?>[]::new));
        List<ChargePointIdentity> identities = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (String name : named) {
            lookup(name).flatMap(scope::found).ifPresentOrElse(identities::add, () -> unknown.add(name));
        }
        if (!unknown.isEmpty()) {
            throw new ChargerNotFound(unknown);
        }
        Map<ChargePointIdentity, Charger> read = chargers.read(scope, identities);
        List<Charger> found = new ArrayList<>();
        for (int i = 0; i < named.size(); i++) {
            Charger charger = read.get(identities.get(i));
            if (charger == null || !Long.toString(charger.id()).equals(named.get(i))) {
                // It was removed between the two reads, and perhaps entered anew.
                throw new Conflict();
            }
            found.add(charger);
        }
        return new Found(scope, found);
    }

    private static Optional<Lookup<ChargePointIdentity>> lookup(String named) {
        return PathId.inPath(named).filter(ChargerStore::isId).map(ChargerStore::named);
    }
}
