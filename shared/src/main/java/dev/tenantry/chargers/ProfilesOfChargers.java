package dev.tenantry.chargers;

import dev.tenantry.profiles.Profile;
import dev.tenantry.profiles.ProfileStore;
import dev.tenantry.refusal.Refusal.Fault;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Lookup;
import dev.tenantry.tenancy.TenantScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The profiles that chargers of one change are to have, or have no longer. Each of their rows is written once, however
/// many of the chargers meet there.
final class ProfilesOfChargers {

    private final Map<Long, Long> more = new TreeMap<>();

    /// What to read along at the door to know whether there are profiles of those numbers.
    static List<Lookup<?>> lookups(Iterable<Long> ids) {
        List<Lookup<?>> lookups = new ArrayList<>();
        for (long id : ids) {
            // What can be nobody's id has no key to look for.
            if (ProfileStore.isId(id)) {
                lookups.add(ProfileStore.profile(id));
            }
        }
        return lookups;
    }

    /// Takes note of a fault if there is no such profile.
    ///
    /// @param pointer where the request names it
    static void require(TenantScope scope, long id, String pointer, List<Fault> faults) {
        if (!ProfileStore.isId(id)
                || scope.<Profile>found(ProfileStore.profile(id)).isEmpty()) {
            faults.add(new Fault(pointer + "/profileId", "is not a charger profile of this tenant"));
        }
    }

    /// A charger gets that profile.
    void gain(long id) {
        more.merge(id, 1L, Long::sum);
    }

    /// A charger has that profile no longer.
    void lose(long id) {
        more.merge(id, -1L, Long::sum);
    }

    /// Adds to a change what was gained and lost. If one of them is gone, the change meets a conflict.
    void count(Change change, TenantScope scope, ProfileStore profiles) {
        more.forEach((id, chargers) -> profiles.countChargers(change, scope, id, chargers));
    }
}
