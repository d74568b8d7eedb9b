package dev.tenantry.chargers;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.profiles.Profile;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Singleton;

/// Profiles of chargers that this instance lately heard of, each with the edition that its tenant's profiles had when
/// it was read. It is good for as long as that is the edition, which whoever asks has just read, and for a minute at
/// most (docs/adr/0013). Only its number of chargers can be an old one.
@Singleton
final class ProfileMemory {

    /// Most characters to remember, some 16 MB. Those not asked for the longest are forgotten first.
    private static final int MAX_CHARACTERS = 8_000_000;

    /// What a profile has besides its configuration, at most: URL, name, description, hash, and the objects around
    /// them.
    private static final int FRAME_CHARACTERS = 2_000;

    /// What a key of the configuration takes besides itself.
    private static final int ENTRY_CHARACTERS = 50;

    /// Edition and profile are read one after the other. Should the table ever show the one as it is after a change
    /// and the other as it was before, what is remembered wrongly is not so for long.
    private static final Duration MOST_AGE = Duration.ofMinutes(1);

    private final Clock clock;
    private final int maxCharacters;
    private final Map<String, Seen> profiles = new LinkedHashMap<>(16, 0.75f, true);
    private long characters;

    @Inject
    ProfileMemory(Clock clock) {
        this(clock, MAX_CHARACTERS);
    }

    ProfileMemory(Clock clock, int maxCharacters) {
        this.clock = clock;
        this.maxCharacters = maxCharacters;
    }

    private record Seen(long edition, Instant until, Profile profile) {}

    /// The profile, if it is remembered as of that edition and was not read too long ago.
    synchronized Optional<Profile> recall(DomainPrefix tenant, long edition, long profileId) {
        return Optional.ofNullable(profiles.get(name(tenant, profileId)))
                .filter(seen -> seen.edition() == edition && clock.instant().isBefore(seen.until()))
                .map(Seen::profile);
    }

    /// @param edition read before the profile was. If it was edited in between, the edition has moved on, and
    ///                nobody will ask for this one again
    synchronized void keep(DomainPrefix tenant, long edition, Profile profile) {
        Seen seen = new Seen(edition, clock.instant().plus(MOST_AGE), profile);
        Seen before = profiles.put(name(tenant, profile.id()), seen);
        characters += characters(profile) - (before == null ? 0 : characters(before.profile()));
        Iterator<Seen> eldest = profiles.values().iterator();
        while (characters > maxCharacters) {
            characters -= characters(eldest.next().profile());
            eldest.remove();
        }
    }

    /// A text, since a record as a key makes its methods at their first call, and that is at a cold start.
    private static String name(DomainPrefix tenant, long profileId) {
        return tenant.value() + '/' + profileId;
    }

    private static int characters(Profile profile) {
        int characters = FRAME_CHARACTERS;
        for (Map.Entry<String, String> entry : profile.configuration().values().entrySet()) {
            characters += entry.getKey().length() + entry.getValue().length() + ENTRY_CHARACTERS;
        }
        return characters;
    }
}
