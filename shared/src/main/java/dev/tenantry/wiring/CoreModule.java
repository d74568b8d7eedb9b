package dev.tenantry.wiring;

import dagger.Module;
import dagger.Provides;
import dev.tenantry.config.Settings;
import dev.tenantry.storage.Table;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.inject.Singleton;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// What the core needs from outside: the table, the time, chance.
@Module
public final class CoreModule {

    /// Bounds of one storage call: two tries, each at most a second to connect and two for every wait on the
    /// answer. DynamoDB answers in milliseconds; what takes longer is lost, and a try more serves the caller better
    /// than waiting.
    private static final CallBounds BOUNDS =
            new CallBounds(Duration.ofSeconds(1), Duration.ofSeconds(2), Optional.empty(), 2);

    /// Longest that one storage call takes.
    public static final Duration LONGEST_CALL =
            BOUNDS.connect().plus(BOUNDS.read()).multipliedBy(BOUNDS.tries());

    private CoreModule() {}

    @Provides
    @Singleton
    static Table table(Settings settings, RandomGenerator random) {
        return new Table(
                BOUNDS.client(DynamoDbClient.builder(), settings, settings.dynamoDbEndpoint()),
                settings.tableName(),
                random);
    }

    @Provides
    static Clock clock() {
        return Clock.systemUTC();
    }

    /// Chance that nobody can foresee, also after SnapStart restored many functions from one snapshot: the
    /// platform's source is the kernel's (AWS Lambda Developer Guide, "Handling uniqueness with Lambda SnapStart").
    @Provides
    static RandomGenerator random() {
        return () -> Chance.SOURCE.nextLong();
    }

    /// Loaded at the first draw: requests that only read never need it.
    private static final class Chance {
        static final SecureRandom SOURCE = new SecureRandom();
    }
}
