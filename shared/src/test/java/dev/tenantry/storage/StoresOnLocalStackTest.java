package dev.tenantry.storage;

import java.net.URI;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/// The store tests once more, on LocalStack. Skipped where there is no Docker.
@Testcontainers(disabledWithoutDocker = true)
class StoresOnLocalStackTest extends EveryStore {

    @Container
    private static final LocalStackContainer LOCALSTACK =
            new LocalStackContainer(DockerImageName.parse("localstack/localstack:4.7")).withServices("dynamodb");

    @Override
    protected URI endpoint() {
        return LOCALSTACK.getEndpoint();
    }
}
