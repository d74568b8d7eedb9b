package dev.tenantry.http;

import dev.tenantry.config.Settings;
import dev.tenantry.idempotency.IdempotencyRecordStore;
import dev.tenantry.storage.Backoff;
import dev.tenantry.storage.Table;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.TenantDoors;
import dev.tenantry.users.FollowIdentity;
import java.time.Clock;
import java.util.random.RandomGenerator;
import javax.inject.Inject;

/// What every function with a route table works with.
public final class ApiContext {

    private final Settings settings;
    private final TenantDoors doors;
    private final IdempotencyRecordStore records;
    private final FollowIdentity follow;
    private final Table table;
    private final Clock clock;
    private final RandomGenerator random;

    @Inject
    ApiContext(
            Settings settings,
            TenantDoors doors,
            IdempotencyRecordStore records,
            FollowIdentity follow,
            Table table,
            Clock clock,
            RandomGenerator random) {
        this.settings = settings;
        this.doors = doors;
        this.records = records;
        this.follow = follow;
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

    /// What an idempotency key asks of a request, if it has one.
    Idempotency idempotency(HttpEvent event, Caller caller, String routeKey) {
        return new Idempotency(records, table, event, caller, routeKey);
    }

    FollowIdentity follow() {
        return follow;
    }

    Table table() {
        return table;
    }

    Clock clock() {
        return clock;
    }

    Backoff backoff() {
        return Backoff.forRequest(clock, random);
    }
}
