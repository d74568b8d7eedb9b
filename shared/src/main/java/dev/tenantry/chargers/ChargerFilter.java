package dev.tenantry.chargers;

import dev.tenantry.identity.IdentityPrefix;
import java.util.Optional;

/// Which chargers are wanted. What is empty does not matter.
///
/// @param identity  how their identities begin
/// @param online    whether they are connected
/// @param profileId the profile that they have
/// @param blocked   whether they are kept from connecting
public record ChargerFilter(
        Optional<IdentityPrefix> identity,
        Optional<Boolean> online,
        Optional<Long> profileId,
        Optional<Boolean> blocked) {

    public static final ChargerFilter ALL =
            new ChargerFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /// Whether a charger has to be read to know whether it is wanted; its key alone tells how its identity begins.
    boolean readsRows() {
        return online.isPresent() || profileId.isPresent() || blocked.isPresent();
    }

    /// Whether it is one of them, as far as its row tells.
    boolean takes(Charger charger) {
        return online.orElse(charger.online()) == charger.online()
                && profileId.orElse(charger.profileId()) == charger.profileId()
                && blocked.orElse(charger.blocked()) == charger.blocked();
    }
}
