package dev.tenantry.addresses;

import dev.tenantry.text.Absent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Decides who may pass in one scope: everyone as long as it has no entry, and only who comes from one of its blocks
/// from then on. Entries that have run out count as absent.
public final class Allowlist {

    /// When each block's entry runs out; empty for never.
    private final Map<IpBlock, Optional<Instant>> blocks;

    public Allowlist(Map<IpBlock, Optional<Instant>> blocks) {
        this.blocks = blocks;
    }

    /// The list that these plain values stand for, as [#values] made them.
    public static Allowlist of(Map<String, Object> values) {
        Map<IpBlock, Optional<Instant>> blocks = new LinkedHashMap<>();
        values.forEach((block, expiresAt) -> blocks.put(
                IpBlock.stored(block),
                expiresAt instanceof String text ? Optional.of(Instant.parse(text)) : Optional.empty()));
        return new Allowlist(blocks);
    }

    /// Whether somebody who comes from this address may pass. If there are entries, what is no IP address may not.
    public boolean allows(String ip, Instant now) {
        Set<IpBlock> live = new LinkedHashSet<>();
        blocks.forEach((block, expiresAt) -> {
            if (isLive(expiresAt, now)) {
                live.add(block);
            }
        });
        return live.isEmpty() || IpNotation.isWithin(ip, live);
    }

    /// When somebody who may pass now may no longer, by the clock alone: when the last entry with their address
    /// runs out. Empty for never.
    public Optional<Instant> end(String ip, Instant now) {
        Optional<Instant> last = Optional.empty();
        for (Map.Entry<IpBlock, Optional<Instant>> entry : blocks.entrySet()) {
            Optional<Instant> expiresAt = entry.getValue();
            if (isLive(expiresAt, now) && IpNotation.isWithin(ip, Set.of(entry.getKey()))) {
                if (expiresAt.isEmpty()) {
                    return expiresAt;
                }
                last = last.isPresent() && last.get().isAfter(expiresAt.get()) ? last : expiresAt;
            }
        }
        return last;
    }

    /// Whether it has no entry at all, not even one that has run out.
    public boolean isEmpty() {
        return blocks.isEmpty();
    }

    /// The list as plain values: blocks, and as text when they run out.
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        blocks.forEach((block, expiresAt) -> values.put(
                block.value(), expiresAt.<Object>map(Instant::toString).orElse(Absent.NULL)));
        return values;
    }

    /// The moment of expiry is the first at which the entry is absent.
    public static boolean isLive(Optional<Instant> expiresAt, Instant now) {
        return expiresAt.isEmpty() || expiresAt.get().isAfter(now);
    }
}
