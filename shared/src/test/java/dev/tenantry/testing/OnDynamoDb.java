package dev.tenantry.testing;

import java.lang.reflect.Constructor;
import java.net.URI;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Runs the tests nested in a subclass on another DynamoDB than [DynamoDbLocal].
@ExtendWith(OnDynamoDb.Binding.class)
public abstract class OnDynamoDb {

    private static final ScopedValue<DynamoDbClient> CURRENT = ScopedValue.newInstance();

    /// Where it answers, by HTTP and to any credentials. Asked when a test begins.
    protected abstract URI endpoint();

    /// The DynamoDB of the test that is being made.
    static DynamoDbClient client() {
        return CURRENT.isBound() ? CURRENT.get() : DynamoDbLocal.client();
    }

    private static DynamoDbClient connect(URI endpoint) {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    /// Tells a nested test of its DynamoDB while it is constructed, which is when it makes its table.
    static final class Binding implements InvocationInterceptor {

        @Override
        public <T> T interceptTestClassConstructor(
                Invocation<T> constructor, ReflectiveInvocationContext<Constructor<T>> what, ExtensionContext context)
                throws Throwable {
            // A nested class is constructed with the object that it is nested in.
            if (!what.getArguments().isEmpty() && what.getArguments().getFirst() instanceof OnDynamoDb outer) {
                return ScopedValue.where(CURRENT, client(outer, context)).call(constructor::proceed);
            }
            return constructor.proceed();
        }

        /// One client for all tests. JUnit closes it after the last of them.
        private static DynamoDbClient client(OnDynamoDb outer, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(OnDynamoDb.class))
                    .computeIfAbsent(outer.endpoint(), OnDynamoDb::connect, DynamoDbClient.class);
        }
    }
}
