package dev.tenantry.tenancy;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.identity.HostName;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Lookup;
import dev.tenantry.storage.Row;
import dev.tenantry.storage.Table;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Singleton;

/// Which tenant the host of a custom domain leads to, for chargers that come by one.
///
/// What this instance remembers is a guess that saves a round trip. Whoever goes by it reads the row of the host along
/// with the tenant's, and says whether it was right (docs/adr/0030).
@Singleton
public final class CustomHosts {

    /// Most hosts to remember, less than a megabyte. Those not asked for the longest are forgotten first.
    private static final int MOST = 1000;

    private final Table table;
    private final int most;
    private final Map<HostName, DomainPrefix> seen = new LinkedHashMap<>(16, 0.75f, true);

    @Inject
    CustomHosts(Table table) {
        this(table, MOST);
    }

    CustomHosts(Table table, int most) {
        this.table = table;
        this.most = most;
    }

    /// The tenant that the host led to when it was last looked at. A round trip if this instance has not seen the
    /// host.
    ///
    /// @return empty if no tenant has proven it
    public Optional<DomainPrefix> tenant(HostName host) {
        Optional<DomainPrefix> guess = recall(host);
        return guess.isPresent() ? guess : read(table.read(Keys.domain(host)));
    }

    /// The row that says which tenant it leads to now.
    public static Lookup<DomainPrefix> row(HostName host) {
        return Lookup.maybe(_ -> Keys.domain(host), CustomHosts::read);
    }

    /// The guess was right.
    public synchronized void keep(HostName host, DomainPrefix tenant) {
        seen.put(host, tenant);
        if (seen.size() > most) {
            seen.remove(seen.keySet().iterator().next());
        }
    }

    /// The guess was wrong.
    ///
    /// @return whether it was one, and not what the table had said
    public synchronized boolean forget(HostName host) {
        return seen.remove(host) != null;
    }

    private synchronized Optional<DomainPrefix> recall(HostName host) {
        return Optional.ofNullable(seen.get(host));
    }

    private static Optional<DomainPrefix> read(Row row) {
        return row.optionalText(TenantDoors.TENANT).map(DomainPrefix::new);
    }
}
