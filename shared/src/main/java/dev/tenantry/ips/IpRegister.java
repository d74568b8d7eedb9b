package dev.tenantry.ips;

import dev.tenantry.addresses.Allowlist;
import dev.tenantry.addresses.IpBlock;
import dev.tenantry.refusal.Refusal.PermanentEntryNeeded;
import dev.tenantry.refusal.Refusal.WouldLockOutCaller;
import dev.tenantry.tenancy.TenantScope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All entries of a tenant's allowlist in brief: what every change to it is decided on.
///
/// @param version 0 as long as there was no entry, one more with every change
/// @param lastId  the last id given out
/// @param lines   by id; those that have run out stay until a change takes them away
record IpRegister(long version, long lastId, List<Line> lines) {

    /// Of a tenant that never had an entry.
    static final IpRegister NONE = new IpRegister(0, 0, List.of());

    IpRegister {
        lines = List.copyOf(lines);
    }

    /// An entry in brief.
    record Line(long id, IpBlock block, IpScope scope, Optional<Instant> expiresAt) {

        boolean isLive(Instant now) {
            return Allowlist.isLive(expiresAt, now);
        }
    }

    /// The entries that count.
    List<Line> live(Instant now) {
        return lines.stream().filter(line -> line.isLive(now)).toList();
    }

    /// The entry of that id, if it counts.
    Optional<Line> find(long id, Instant now) {
        return live(now).stream().filter(line -> line.id() == id).findFirst();
    }

    /// The entry of that block in that scope, if it counts.
    Optional<Line> find(IpBlock block, IpScope scope, Instant now) {
        return live(now).stream()
                .filter(line -> line.block().equals(block) && line.scope() == scope)
                .findFirst();
    }

    IpRegister with(IpEntry entry) {
        List<Line> more = new ArrayList<>(lines);
        more.add(line(entry));
        return new IpRegister(version + 1, entry.id(), more);
    }

    /// With an entry as it is after an edit.
    IpRegister edited(IpEntry entry) {
        return new IpRegister(
                version + 1,
                lastId,
                lines.stream()
                        .map(line -> line.id() == entry.id() ? line(entry) : line)
                        .toList());
    }

    IpRegister without(long id) {
        return new IpRegister(
                version + 1,
                lastId,
                lines.stream().filter(line -> line.id() != id).toList());
    }

    /// Without the first entries that have run out.
    ///
    /// @param most how many to leave out
    IpRegister swept(Instant now, int most) {
        List<Line> kept = new ArrayList<>();
        int swept = 0;
        for (Line line : lines) {
            if (line.isLive(now) || swept == most) {
                kept.add(line);
            } else {
                swept++;
            }
        }
        return new IpRegister(version, lastId, kept);
    }

    /// Who may pass in that scope, as its entries that count now say.
    Allowlist allowlist(IpScope scope, Instant now) {
        Map<IpBlock, Optional<Instant>> blocks = new LinkedHashMap<>();
        for (Line line : live(now)) {
            if (line.scope() == scope) {
                blocks.put(line.block(), line.expiresAt());
            }
        }
        return new Allowlist(blocks);
    }

    /// Whether any entry of that scope counts.
    boolean counts(IpScope scope, Instant now) {
        return live(now).stream().anyMatch(line -> line.scope() == scope);
    }

    /// Insists that a scope has an entry that never runs out, so that the clock alone can't take its last one,
    /// which would let everybody in.
    ///
    /// @throws PermanentEntryNeeded if it has none
    void requirePermanent(IpScope scope) {
        if (lines.stream()
                .noneMatch(line -> line.scope() == scope && line.expiresAt().isEmpty())) {
            throw new PermanentEntryNeeded(scope.text());
        }
    }

    private static Line line(IpEntry entry) {
        return new Line(entry.id(), entry.block(), entry.scope(), entry.expiresAt());
    }

    /// Insists that whoever makes this of the register can still call this API from where they are.
    ///
    /// @throws WouldLockOutCaller if they could not
    void requireLetsIn(TenantScope caller) {
        Allowlist allowlist = allowlist(IpScope.API, caller.now());
        caller.actor().ip().filter(ip -> !allowlist.allows(ip, caller.now())).ifPresent(ip -> {
            throw new WouldLockOutCaller(ip);
        });
    }
}
