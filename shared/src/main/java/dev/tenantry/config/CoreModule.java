package dev.tenantry.config;

import dagger.Module;
import dagger.Provides;
import dev.tenantry.storage.Table;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;
import javax.inject.Singleton;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/// What the core needs from outside: the table, the time, chance.
@Module
public final class CoreModule {

    /// Bounds of one storage call: two tries, each at most a second to connect and two for every wait on the answer. DynamoDB
    /// answers in milliseconds; what takes longer is lost, and a try more serves the caller better than patience.
    private static final int TRIES = 2;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(2);

    /// Longest that one storage call takes.
    public static final Duration LONGEST_CALL = CONNECT_TIMEOUT.plus(READ_TIMEOUT).multipliedBy(TRIES);

    private CoreModule() {}

    @Provides
    @Singleton
    static Table table(Settings settings) {
        DynamoDbClientBuilder client = DynamoDbClient.builder()
                .region(Region.of(settings.region()))
                .credentialsProvider(ExecutionRole.credentials(settings.credentials()))
                .httpClient(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .socketTimeout(READ_TIMEOUT)
                        .build())
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .defaultProfileFile(ExecutionRole.NO_PROFILES)
                        .retryStrategy(StandardRetryStrategy.builder().maxAttempts(TRIES).build())
                        .build());
        if (settings.dynamoDbEndpoint().isPresent()) {
            client.endpointOverride(settings.dynamoDbEndpoint().get());
        }
        return new Table(client.build(), settings.tableName());
    }

    @Provides
    static Clock clock() {
        return Clock.systemUTC();
    }

    /// Chance that nobody can foresee, also after SnapStart restored many functions from one snapshot: the platform's source
    /// is the kernel's (AWS Lambda Developer Guide, "Handling uniqueness with Lambda SnapStart").
    @Provides
    static RandomGenerator random() {
        return () -> Chance.SOURCE.nextLong();
    }

    /// Loaded at the first draw: requests that only read never need it.
    private static final class Chance {
        static final SecureRandom SOURCE = new SecureRandom();
    }
}
