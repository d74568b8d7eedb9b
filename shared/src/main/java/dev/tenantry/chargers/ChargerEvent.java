package dev.tenantry.chargers;

import java.time.Instant;

/// Something that the broker heard of a charger.
///
/// @param tenant     what the charger's address says its tenant is
/// @param identity   what the charger's address says it is
/// @param sourceIp   where the charger's connection comes from, as the broker saw it
/// @param connection the WebSocket it was heard on
/// @param at         when, by the broker's clock, to the millisecond
/// @param requestId  of the invocation that told it
public record ChargerEvent(
        String tenant, String identity, String sourceIp, ConnectionId connection, Instant at, String requestId) {}
