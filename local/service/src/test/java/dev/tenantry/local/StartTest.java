package dev.tenantry.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.local.aws.CannotStart;
import dev.tenantry.local.aws.http.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class StartTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    void refusesATakenPortBeforeAnythingElse(@TempDir Path directory) throws IOException {
        Path data = directory.resolve("data");
        try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
            assertThatThrownBy(() -> LocalService.start(Service.options(taken.getLocalPort(), Optional.of(data))))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("Port " + taken.getLocalPort() + " can't be used");
        }
        assertThat(data).doesNotExist();
    }

    @Test
    void refusesATakenPortOfItsQueues(@TempDir Path directory) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> LocalService.start(LocalOptions.from(
                            Map.of(
                                    "PORT",
                                    "0",
                                    "SQS_PORT",
                                    Integer.toString(port),
                                    "DATA_DIR",
                                    directory.resolve("data").toString()),
                            Path.of("../..").toAbsolutePath().normalize())))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("SQS_PORT " + port + " can't be used")
                    .hasMessageContaining("Choose another");
        }
        assertThat(directory.resolve("data")).doesNotExist();
    }

    @Test
    void freesThePortWhenItDoesNotStart(@TempDir Path directory) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, LOOPBACK)) {
            port = free.getLocalPort();
        }
        LocalOptions withoutTemplate = new LocalOptions(
                port,
                0,
                0,
                Optional.empty(),
                "http://x",
                Optional.empty(),
                Optional.empty(),
                "x.y",
                "sub",
                "off",
                Duration.ofDays(7),
                LocalOptions.Limits.from(Map.of()),
                "whsec_local",
                true,
                true,
                false,
                directory.resolve("none.yaml"),
                directory,
                directory);
        assertThatThrownBy(() -> LocalService.start(withoutTemplate))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("none.yaml");
        new ServerSocket(port, 1, LOOPBACK).close();
    }

    @Test
    void namesEveryHandlerThatIsNotThere(@TempDir Path directory) throws IOException {
        Path template = directory.resolve("template.yaml");
        Files.writeString(
                template,
                Files.readString(Service.TEMPLATE)
                        .replace("dev.tenantry.local.ProbeHandler", "dev.tenantry.local.Gone"));
        LocalOptions options = new LocalOptions(
                0,
                0,
                0,
                Optional.empty(),
                "http://x",
                Optional.empty(),
                Optional.empty(),
                "x.y",
                "sub",
                "off",
                Duration.ofDays(7),
                LocalOptions.Limits.from(Map.of()),
                "whsec_local",
                true,
                true,
                false,
                template,
                directory,
                directory);
        assertThatThrownBy(() -> LocalService.start(options))
                .isInstanceOf(CannotStart.class)
                .hasMessage("template.yaml: Resources.ProbeFunction.Properties.Handler:"
                        + " dev.tenantry.local.Gone::handleRequest is not on the class path.");
    }

    @Test
    void keepsTheTableInTheDataDirectory(@TempDir Path directory) {
        Map<String, AttributeValue> item = Map.of("PK", AttributeValue.fromS("a"), "SK", AttributeValue.fromS("b"));
        try (Service first = new Service(Optional.of(directory));
                DynamoDbClient dynamoDb = client(first)) {
            dynamoDb.putItem(it -> it.tableName("Things").item(item));
        }
        try (Service second = new Service(Optional.of(directory));
                DynamoDbClient dynamoDb = client(second)) {
            assertThat(dynamoDb.getItem(it -> it.tableName("Things").key(item)).item())
                    .isEqualTo(item);
        }
    }

    @Test
    void leavesADataDirectoryToTheServiceThatHasIt(@TempDir Path directory) {
        try (Service first = new Service(Optional.of(directory))) {
            assertThatThrownBy(() -> new Service(Optional.of(directory)))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("is in use by a running service");
            assertThat(first.get("/_local/health").statusCode()).isEqualTo(200);
        }
        new Service(Optional.of(directory)).close();
    }

    @Test
    void forgetsTheTableWithoutDataDirectory() {
        try (Service first = new Service(Optional.empty());
                DynamoDbClient dynamoDb = client(first)) {
            dynamoDb.putItem(it -> it.tableName("Things")
                    .item(Map.of("PK", AttributeValue.fromS("a"), "SK", AttributeValue.fromS("b"))));
        }
        try (Service second = new Service(Optional.empty());
                DynamoDbClient dynamoDb = client(second)) {
            assertThat(dynamoDb.scan(it -> it.tableName("Things")).items()).isEmpty();
        }
    }

    @Test
    void makesTheTableWithItsIndexAndTimeToLive() {
        try (Service service = new Service(Optional.empty());
                DynamoDbClient dynamoDb = client(service)) {
            assertThat(dynamoDb.describeTable(it -> it.tableName("Things"))
                            .table()
                            .globalSecondaryIndexes())
                    .singleElement()
                    .satisfies(index -> assertThat(index.indexName()).isEqualTo("ByColour"));
            assertThat(dynamoDb.describeTimeToLive(it -> it.tableName("Things"))
                            .timeToLiveDescription()
                            .attributeName())
                    .isEqualTo("expiresAt");
        }
    }

    @Test
    void refusesATableOnDiskThatTheTemplateHasChanged(@TempDir Path directory) throws IOException {
        new Service(Optional.of(directory)).close();
        Path template = directory.resolve("template.yaml");
        Files.writeString(template, Files.readString(Service.TEMPLATE).replace("ByColour", "ByAnother"));
        LocalOptions options = new LocalOptions(
                0,
                0,
                0,
                Optional.of(directory),
                "http://x",
                Optional.empty(),
                Optional.empty(),
                "x.y",
                "sub",
                "off",
                Duration.ofDays(7),
                LocalOptions.Limits.from(Map.of()),
                "whsec_local",
                true,
                true,
                false,
                template,
                directory,
                directory);
        assertThatThrownBy(() -> LocalService.start(options))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("DATA_DIR holds a table Things with other keys or indexes");
    }

    @Test
    void refusesTheTokensOfAnotherRun() {
        try (Service one = new Service(Optional.empty());
                Service other = new Service(Optional.empty())) {
            String token = one.token(Map.of("email", "ada@example.com"));
            assertThat(other.get("/guarded/1", "Authorization", "Bearer " + token)
                            .statusCode())
                    .isEqualTo(401);
            assertThat(Json.parse(one.get("/guarded/1", "Authorization", "Bearer " + token)
                            .body()))
                    .isPresent();
        }
    }

    private static DynamoDbClient client(Service service) {
        return DynamoDbClient.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .endpointOverride(service.dynamoDbUri())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .build();
    }
}
