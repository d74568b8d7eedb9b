package dev.tenantry.storage;

import dev.tenantry.audit.AuditStoreTest;
import dev.tenantry.billing.StripeEventStoreTest;
import dev.tenantry.billing.SubscriptionStoreTest;
import dev.tenantry.chargers.ChargerStoreTest;
import dev.tenantry.idempotency.IdempotencyRecordStoreTest;
import dev.tenantry.invites.InviteStoreTest;
import dev.tenantry.ips.IpStoreTest;
import dev.tenantry.profiles.ProfileStoreTest;
import dev.tenantry.profiles.ProvisioningWindowStoreTest;
import dev.tenantry.tenants.TenantStoreTest;
import dev.tenantry.usage.UsageStoreTest;
import dev.tenantry.users.MemberStoreTest;
import org.junit.jupiter.api.Nested;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The store tests once more, on LocalStack. Skipped where there is no Docker.
@Testcontainers(disabledWithoutDocker = true)
class StoresOnLocalStackTest {

    @Container
    private static final LocalStackContainer LOCALSTACK =
            new LocalStackContainer(DockerImageName.parse("localstack/localstack:4.7")).withServices("dynamodb");

    private static DynamoDbClient localStack() {
        return DynamoDbClient.builder()
                .endpointOverride(LOCALSTACK.getEndpoint())
                .region(Region.of(LOCALSTACK.getRegion()))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(LOCALSTACK.getAccessKey(), LOCALSTACK.getSecretKey())))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    @Nested
    class Tenants extends TenantStoreTest {
        @Override
        protected DynamoDbClient dynamoDb() {
            return localStack();
        }
    }

    @Nested
    class Members extends MemberStoreTest {
        @Override
        protected DynamoDbClient dynamoDb() {
            return localStack();
        }
    }

    @Nested
    class Ips extends IpStoreTest {
        @Override
        protected DynamoDbClient dynamoDb() {
            return localStack();
        }
    }

    @Nested
    class Profiles extends ProfileStoreTest {
        @Override
        protected DynamoDbClient dynamoDb() {
            return localStack();
        }
    }

    @Nested
    class Chargers extends ChargerStoreTest {
        @Override
        protected DynamoDbClient dynamoDb() {
            return localStack();
        }
    }

    @Nested
    class Provisioning extends ProvisioningWindowStoreTest {
        @Override
        protected DynamoDbClient dynamoDb() {
            return localStack();
        }
    }

    @Nested
    class Audit extends AuditStoreTest {
        @Override
        protected DynamoDbClient dynamoDb() {
            return localStack();
        }
    }

    @Nested
    class Invites extends InviteStoreTest {
        @Override
        protected DynamoDbClient dynamoDb() {
            return localStack();
        }
    }

    @Nested
    class Subscriptions extends SubscriptionStoreTest {
        @Override
        protected DynamoDbClient dynamoDb() {
            return localStack();
        }
    }

    @Nested
    class StripeEvents extends StripeEventStoreTest {
        @Override
        protected DynamoDbClient dynamoDb() {
            return localStack();
        }
    }

    @Nested
    class Usage extends UsageStoreTest {
        @Override
        protected DynamoDbClient dynamoDb() {
            return localStack();
        }
    }

    @Nested
    class IdempotencyRecords extends IdempotencyRecordStoreTest {
        @Override
        protected DynamoDbClient dynamoDb() {
            return localStack();
        }
    }
}
