package dev.tenantry.chargers;

import dev.tenantry.identity.ChargePointIdentity;
import java.time.Instant;

/// A registered charger.
///
/// @param id          1..2^31-1, unique within the tenant, drawn at random
/// @param identity    as the charger wrote it when it registered
/// @param provisioned it was registered in a provisioning window; so far every charger was
/// @param updatedAt   when it last said something new of itself
/// @param version     what its row says: 1 at first, one more with every change
public record Charger(
        long id,
        ChargePointIdentity identity,
        long profileId,
        boolean provisioned,
        Nameplate nameplate,
        Presence presence,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    Charger with(Presence changed) {
        return new Charger(id, identity, profileId, provisioned, nameplate, changed, createdAt, updatedAt, version);
    }

    Charger with(Nameplate changed, Instant now) {
        return new Charger(id, identity, profileId, provisioned, changed, presence, createdAt, now, version);
    }
}
