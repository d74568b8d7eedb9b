package dev.tenantry.wiring;

import dev.tenantry.config.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;

/// How long a call to AWS may take, and how often it is tried.
///
/// @param connect for each connection
/// @param read    for each wait on the answer
/// @param whole   for the call with all its tries; empty if the other bounds are enough
/// @param tries   1 for a call that must not be repeated
record CallBounds(Duration connect, Duration read, Optional<Duration> whole, int tries) {

    static {
        // Before the SDK logs for the first time: SLF4J need not look through all jars for who listens, and need not
        // tell of it. Nobody does.
        System.setProperty("slf4j.provider", "org.slf4j.nop.NOPServiceProvider");
        System.setProperty("slf4j.internal.verbosity", "WARN");
    }

    /// A client that keeps to these bounds, calls as the execution role and reads no profiles.
    ///
    /// @param endpoint another address than the region's own
    <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
            B client, Settings settings, Optional<URI> endpoint) {
        ClientOverrideConfiguration.Builder configuration = ClientOverrideConfiguration.builder()
                .defaultProfileFile(ExecutionRole.NO_PROFILES)
                .retryStrategy(
                        StandardRetryStrategy.builder().maxAttempts(tries).build());
        if (whole.isPresent()) {
            configuration.apiCallTimeout(whole.get());
        }
        client.region(Region.of(settings.region()))
                .credentialsProvider(ExecutionRole.credentials(settings.credentials()))
                .overrideConfiguration(configuration.build());
        client.httpClient(UrlConnectionHttpClient.builder()
                .connectionTimeout(connect)
                .socketTimeout(read)
                .build());
        if (endpoint.isPresent()) {
            client.endpointOverride(endpoint.get());
        }
        return client.build();
    }
}
