package dev.tenantry.usage;

import dev.tenantry.identity.Digest;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.refusal.InvalidValue;
import dev.tenantry.text.UnpairedSurrogates;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What a broker reports of one tenant's chargers in one message: counted whole or not at all (docs/adr/0032).
///
/// @param id      the tenant has no other report of this name
/// @param samples 1 to 10,000, in the order that the sender gave them
public record Report(String id, DomainPrefix tenant, List<Sample> samples) {

    /// So many of a hundred bytes each are the megabyte that SQS takes as a message.
    public static final int MAX_SAMPLES = 10_000;

    private static final int MAX_ID_LENGTH = 128;

    /// @throws InvalidValue if the id is empty, longer than 128 characters, or holds half a character: two such ids
    ///                      would be one in UTF-8, and so one key; or if there are no samples, or too many
    public Report {
        if (id.isEmpty() || id.codePointCount(0, id.length()) > MAX_ID_LENGTH) {
            throw new InvalidValue("must have an id of 1 to " + MAX_ID_LENGTH + " characters");
        }
        if (UnpairedSurrogates.areIn(id)) {
            throw new InvalidValue("must have an id without unpaired surrogates");
        }
        if (samples.isEmpty() || samples.size() > MAX_SAMPLES) {
            throw new InvalidValue("must have 1 to " + MAX_SAMPLES + " samples");
        }
        samples = List.copyOf(samples);
        for (Sample sample : samples) {
            if (sample.counters().connects() != 0 || sample.counters().disconnects() != 0) {
                // They follow from presence.
                throw new InvalidValue("must not have connects or disconnects");
            }
        }
    }

    /// Names tenant and id in a key, neither of which can be taken for part of the other: no prefix has a line
    /// break.
    String digest() {
        return Digest.of(tenant.value() + "\n" + id);
    }

    /// Tells what it says from what another report of its name says: equal for those that come to the same once
    /// they are read, however they were written.
    String content() {
        VarInt.Writer said = new VarInt.Writer();
        for (Sample sample : samples) {
            said.signed(sample.at().toEpochMilli());
            sample.counters().write(said);
            byte[] charger = sample.charger().orElse("").getBytes(StandardCharsets.UTF_8);
            // No charger's name is empty.
            said.unsigned(charger.length);
            said.bytes(charger);
        }
        return Digest.of(said.bytes()).substring(0, UsageStore.CONTENT_DIGITS);
    }
}
