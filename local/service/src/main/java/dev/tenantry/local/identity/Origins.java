package dev.tenantry.local.identity;

import java.net.URI;
import java.util.List;
import java.util.Set;

/// Whose browser code may talk to the provider.
final class Origins {

    private final Set<String> own;
    private final Set<String> portals;

    Origins(String issuer, List<String> portals) {
        // A browser may call this machine by either name.
        this.own = Set.of(issuer, "http://localhost:" + URI.create(issuer).getPort());
        this.portals = Set.copyOf(portals);
    }

    boolean isOwn(String origin) {
        return own.contains(origin);
    }

    /// Whether a person need not be asked about pages of this origin.
    boolean isKnown(String origin) {
        return isOwn(origin) || portals.contains(origin);
    }
}
