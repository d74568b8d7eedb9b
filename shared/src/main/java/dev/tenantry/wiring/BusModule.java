package dev.tenantry.wiring;

import dagger.Module;
import dagger.Provides;
import dev.tenantry.config.Settings;
import java.time.Duration;
import java.util.Optional;
import javax.inject.Singleton;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/// What telling of changes needs from outside.
@Module
public final class BusModule {

    /// Longest that one call takes.
    public static final Duration TIMEOUT = Duration.ofSeconds(4);

    /// One try: whoever calls puts again what was not taken, and that alone.
    private static final CallBounds BOUNDS =
            new CallBounds(Duration.ofSeconds(1), Duration.ofSeconds(3), Optional.of(TIMEOUT), 1);

    private BusModule() {}

    @Provides
    @Singleton
    static EventBridgeClient bus(Settings settings) {
        return BOUNDS.client(
                EventBridgeClient.builder(), settings, settings.bus().endpoint());
    }
}
