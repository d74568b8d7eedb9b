package dev.tenantry.chargers;

import dev.tenantry.identity.HostName;
import java.time.Instant;
import java.util.Optional;

/// Something that the broker heard of a charger.
///
/// @param tenant     what the charger's address says its tenant is
/// @param host       the custom domain that led to that tenant; empty if the charger came by the tenant's own address
/// @param identity   what the charger's address says it is
/// @param sourceIp   where the charger's connection comes from, as the broker saw it
/// @param connection the WebSocket it was heard on
/// @param at         when, by the broker's clock, to the millisecond
/// @param requestId  of the invocation that told it
public record ChargerEvent(
        String tenant,
        Optional<HostName> host,
        String identity,
        String sourceIp,
        ConnectionId connection,
        Instant at,
        String requestId) {

    /// One that came by a tenant's own address.
    public ChargerEvent(
            String tenant, String identity, String sourceIp, ConnectionId connection, Instant at, String requestId) {
        this(tenant, Optional.empty(), identity, sourceIp, connection, at, requestId);
    }

    /// The same event, once it is known whose custom domain it came by.
    ChargerEvent by(HostName customHost, String owner) {
        return new ChargerEvent(owner, Optional.of(customHost), identity, sourceIp, connection, at, requestId);
    }
}
