package dev.tenantry.chargers;

import dev.tenantry.edit.Edit;
import dev.tenantry.identity.ChargePointIdentity;
import dev.tenantry.profiles.ProfileFixture;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.testing.Core;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Chargers that are there without having connected.
public final class ChargerFixture {

    private ChargerFixture() {}

    /// One as it is right after somebody entered it by hand.
    public static Charger charger(long id, String identity, long profileId, Instant now) {
        return new Charger(
                id,
                new ChargePointIdentity(identity),
                profileId,
                Optional.empty(),
                false,
                Optional.empty(),
                Nameplate.NONE,
                Proof.NONE,
                Optional.empty(),
                now,
                now,
                1,
                1);
    }

    /// Enters one, counted in its profile.
    public static Charger enter(Core core, String tenant, Charger charger) {
        core.commit(change -> {
            TenantScope scope = core.scope(tenant);
            core.chargers().add(change, scope, List.of(charger));
            core.profiles().addCharger(change, scope, charger.profileId());
        });
        return charger;
    }

    /// The same charger with a password of its own, whose hash is quick.
    public static Charger withPassword(Charger charger, String password) {
        return charger.edited(
                charger.displayName(),
                charger.profileId(),
                new Edit.Keep<>(),
                charger.blocked(),
                Optional.of(ProfileFixture.hash(password)),
                charger.updatedAt());
    }

    /// The same charger, of which somebody said that serial number.
    public static Charger withSerialNumber(Charger charger, String serialNumber) {
        return charger.edited(
                charger.displayName(),
                charger.profileId(),
                new Edit.Set<>(serialNumber),
                charger.blocked(),
                charger.passwordHash(),
                charger.updatedAt());
    }

    /// The same charger, blocked.
    public static Charger blocked(Charger charger) {
        return charger.edited(
                charger.displayName(),
                charger.profileId(),
                new Edit.Keep<>(),
                true,
                charger.passwordHash(),
                charger.updatedAt());
    }
}
