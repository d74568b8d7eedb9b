package dev.tenantry.chargers;

import dev.tenantry.addresses.SourceNetwork;
import dev.tenantry.identity.ChargePointIdentity;
import dev.tenantry.refusal.Refusal.Unavailable;
import dev.tenantry.storage.Backoff;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Key;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Lookup;
import dev.tenantry.storage.Row;
import dev.tenantry.storage.Table;
import dev.tenantry.storage.Update;
import dev.tenantry.tenancy.TenantScope;
import java.time.Clock;
import java.time.Instant;
import java.util.random.RandomGenerator;
import javax.inject.Inject;

/// The rows of wrong passwords: one for each tenant and network that such came from within the last two minutes.
final class WrongPasswordStore {

    private static final String ATTEMPTS = "attempts";

    /// In milliseconds since the epoch.
    private static final String LATEST_AT = "latestAt";

    private static final String VERSION = "version";
    private static final String EXPIRES_AT = "expiresAt";

    private final Table table;
    private final Clock clock;
    private final RandomGenerator random;

    @Inject
    WrongPasswordStore(Table table, Clock clock, RandomGenerator random) {
        this.table = table;
        this.clock = clock;
        this.random = random;
    }

    /// What came from a network, to read along at the door.
    static Lookup<WrongPasswords> from(SourceNetwork network) {
        return Lookup.of(scope -> Keys.wrongPasswords(scope, network), WrongPasswordStore::read);
    }

    /// What came from a network, if it was read along.
    WrongPasswords found(TenantScope scope, SourceNetwork network) {
        return scope.found(from(network)).orElse(WrongPasswords.NONE);
    }

    /// Counts one, at once: it belongs to no change, since whoever shows a wrong password changes nothing. One that
    /// meets another one is counted beside it, even if that one locked its charger out meanwhile: its hash was
    /// computed, so it is one of those that the network has. One round trip, and two for each other one that it
    /// meets.
    ///
    /// @param known what was read along
    /// @throws Unavailable if it keeps meeting others
    void count(TenantScope scope, SourceNetwork network, WrongPasswords known, ChargePointIdentity identity) {
        Key key = Keys.wrongPasswords(scope, network);
        Backoff.forRequest(clock, random).run(tries -> {
            WrongPasswords from = tries == 1 ? known : look(key);
            // Asked after the hash was computed: that is when the guesser learns something.
            Instant now = clock.instant();
            if (!from.lockOutAll(now)) {
                keep(key, scope, from, from.and(identity, now));
            }
        });
    }

    private WrongPasswords look(Key key) {
        Row row = table.read(key);
        return row.isEmpty() ? WrongPasswords.NONE : read(row);
    }

    private void keep(Key key, TenantScope scope, WrongPasswords from, WrongPasswords to) {
        Update update = Update.of(key)
                .isVersion(VERSION, from.version())
                .set(VERSION, to.version())
                .set(ATTEMPTS, to.packed())
                .set(LATEST_AT, to.latest().toEpochMilli())
                .set(EXPIRES_AT, to.latest().plus(WrongPasswords.MEMORY).getEpochSecond() + 1);
        table.commit(Change.in(scope).with(update));
    }

    private static WrongPasswords read(Row row) {
        return WrongPasswords.unpacked(
                row.bytes(ATTEMPTS), Instant.ofEpochMilli(row.number(LATEST_AT)), row.number(VERSION));
    }
}
