package dev.tenantry.chargers;

import dev.tenantry.profiles.Profile;
import java.time.Duration;
import java.util.Optional;

/// A charger may connect, or what it said is taken note of.
///
/// @param registered  it became known by this
/// @param profile     what the broker needs to serve it; empty where there is nothing to serve any more
/// @param reliableFor how long that holds by the clock alone, in whole seconds; empty where there is nothing to rely on
public record Accepted(long chargerId, boolean registered, Optional<Profile> profile, Optional<Duration> reliableFor) {}
