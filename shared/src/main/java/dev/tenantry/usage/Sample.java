package dev.tenantry.usage;

import dev.tenantry.identity.Digest;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.refusal.InvalidValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// What a broker reports of one charger for a while that ends at an instant. Which charger it was is not kept: usage is
/// the tenant's.
///
/// @param id  the tenant has no other sample of this name
/// @param at  the instant that it counts for, to the millisecond
public record Sample(String id, DomainPrefix tenant, Instant at, Counters counters) {

    /// Most that one counter of a sample may say.
    public static final long MAX_COUNT = 1_000_000_000_000L;

    private static final int MAX_ID_LENGTH = 128;

    /// @throws InvalidValue if the id is empty, longer than 128 characters, or holds half a character: two such ids
    ///                      would be one in UTF-8, and so one key
    public Sample {
        if (id.isEmpty() || id.codePointCount(0, id.length()) > MAX_ID_LENGTH) {
            throw new InvalidValue("must have 1 to " + MAX_ID_LENGTH + " characters");
        }
        if (id.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
            throw new InvalidValue("must not contain unpaired surrogates");
        }
        at = at.truncatedTo(ChronoUnit.MILLIS);
    }

    /// Names tenant and id in a key, neither of which can be taken for part of the other: no prefix has a line
    /// break.
    String digest() {
        return Digest.of(tenant.value() + "\n" + id);
    }

    /// How many more chargers are online after it.
    long delta() {
        return counters.connects() - counters.disconnects();
    }
}
