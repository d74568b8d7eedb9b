package dev.tenantry.events;

import dev.tenantry.config.Settings;
import dev.tenantry.storage.Backoff;
import dev.tenantry.storage.Table;
import java.time.Clock;
import java.util.random.RandomGenerator;
import javax.inject.Inject;

/// What every function without HTTP works with.
public final class EventContext {

    private final Settings settings;
    private final Table table;
    private final Clock clock;
    private final RandomGenerator random;

    @Inject
    EventContext(Settings settings, Table table, Clock clock, RandomGenerator random) {
        this.settings = settings;
        this.table = table;
        this.clock = clock;
        this.random = random;
    }

    Settings settings() {
        return settings;
    }

    Table table() {
        return table;
    }

    Backoff backoff() {
        return Backoff.forRequest(clock, random);
    }
}
