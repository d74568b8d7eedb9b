package dev.tenantry.chargers;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.identity.HostName;
import dev.tenantry.tenancy.CustomHosts;
import java.util.Optional;
import javax.inject.Inject;

/// Finds out whose charger it is that came by a custom domain.
public final class LocateCharger {

    /// No tenant has this name, so that whatever follows finds none.
    private static final String NOBODY = "";

    private final CustomHosts hosts;

    @Inject
    LocateCharger(CustomHosts hosts) {
        this.hosts = hosts;
    }

    /// The event with the tenant that has proven the host. If none has, it is an event for no tenant. To be asked
    /// anew with each attempt: a guess that was wrong is forgotten between them.
    ///
    /// @param asked the host that the charger asked for, whatever it wrote there
    public ChargerEvent run(ChargerEvent event, String asked) {
        Optional<HostName> host = HostName.asked(asked);
        return host.isEmpty()
                ? event
                : event.by(
                        host.get(),
                        hosts.tenant(host.get()).map(DomainPrefix::value).orElse(NOBODY));
    }
}
