package dev.tenantry.wiring;

import dev.tenantry.config.Settings.AccessKeys;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.profiles.ProfileFile;

/// Who a function is towards AWS.
final class ExecutionRole {

    /// Nobody puts an `~/.aws/config` into a Lambda function; looking for one costs a cold start its time.
    static final ProfileFile NO_PROFILES = ProfileFile.aggregator().build();

    private ExecutionRole() {}

    static AwsCredentialsProvider credentials(Optional<AccessKeys> keys) {
        if (keys.isEmpty()) {
            return ContainerCredentialsProvider.create();
        }
        AccessKeys given = keys.get();
        return StaticCredentialsProvider.create(
                given.sessionToken().isPresent()
                        ? AwsSessionCredentials.create(
                                given.id(), given.secret(), given.sessionToken().get())
                        : AwsBasicCredentials.create(given.id(), given.secret()));
    }
}
