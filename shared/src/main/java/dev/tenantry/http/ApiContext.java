package dev.tenantry.http;

import dev.tenantry.config.Settings;
import dev.tenantry.idempotency.IdempotencyRecordStore;
import dev.tenantry.refusal.Refusal.Unavailable;
import dev.tenantry.runtime.Patience;
import dev.tenantry.storage.Table;
import dev.tenantry.tenancy.TenantDoors;
import java.time.Clock;
import java.util.random.RandomGenerator;
import javax.inject.Inject;

/// What every function with a route table works with.
public final class ApiContext {

    private final Settings settings;
    private final TenantDoors doors;
    private final IdempotencyRecordStore answers;
    private final Table table;
    private final Clock clock;
    private final RandomGenerator random;

    @Inject
    ApiContext(
            Settings settings,
            TenantDoors doors,
            IdempotencyRecordStore answers,
            Table table,
            Clock clock,
            RandomGenerator random) {
        this.settings = settings;
        this.doors = doors;
        this.answers = answers;
        this.table = table;
        this.clock = clock;
        this.random = random;
    }

    Settings settings() {
        return settings;
    }

    TenantDoors doors() {
        return doors;
    }

    IdempotencyRecordStore answers() {
        return answers;
    }

    Table table() {
        return table;
    }

    Clock clock() {
        return clock;
    }

    Patience patience() {
        return new Patience(clock, random);
    }

    /// Takes a change through its paces that cannot happen, so that its classes are loaded.
    void primeChange() {
        try {
            table.prime();
        } catch (Unavailable e) {
            // They are loaded all the same.
        }
    }
}
