package dev.tenantry.chargers;

import dev.tenantry.tenancy.DomainPrefix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.inject.Inject;
import javax.inject.Singleton;

/// Which profiles the chargers of a tenant had lately: worth reading along before it is known which one the next charger has.
/// Ids only. What a profile says is always read afresh, so a hint that is wrong costs a read and nothing else.
@Singleton
final class ProfileHints {

    /// Most tenants to remember, those not asked for the longest forgotten first.
    private static final int MAX_TENANTS = 1000;

    /// Most profiles of one tenant: each is read at every connect.
    static final int MAX_PROFILES = 3;

    private final Map<DomainPrefix, List<Long>> profiles =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<DomainPrefix, List<Long>> eldest) {
                    return size() > MAX_TENANTS;
                }
            };

    @Inject
    ProfileHints() {}

    synchronized List<Long> of(DomainPrefix tenant) {
        return profiles.getOrDefault(tenant, List.of());
    }

    synchronized void saw(DomainPrefix tenant, long profileId) {
        List<Long> lately = new ArrayList<>();
        lately.add(profileId);
        for (long id : of(tenant)) {
            if (id != profileId && lately.size() < MAX_PROFILES) {
                lately.add(id);
            }
        }
        profiles.put(tenant, List.copyOf(lately));
    }
}
