package dev.tenantry.local.demo;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.config.Settings;
import dev.tenantry.local.aws.CannotStart;
import dev.tenantry.local.aws.http.Response;
import dev.tenantry.local.aws.http.WebServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemoDataTest {

    @Test
    void saysWhatToDoAboutStorageThatIsTooSlow() throws IOException {
        try (WebServer dynamoDb = WebServer.bind(0)) {
            dynamoDb.serve(request -> Response.json(503, "{\"__type\":\"ServiceUnavailable\"}"));
            Settings settings = Settings.of(Map.of(
                    "TABLE_NAME", "Table",
                    "BROKER_DOMAIN", "ocpp.localhost",
                    "AWS_REGION", "us-east-1",
                    "AWS_ENDPOINT_URL_DYNAMODB", dynamoDb.uri().toString(),
                    "AWS_ACCESS_KEY_ID", "local",
                    "AWS_SECRET_ACCESS_KEY", "local",
                    "MAIL_SENDER", "no-reply@tenantry.example",
                    "INVITE_TTL", "P7D",
                    "PORTAL_URL", "http://localhost:3000"));
            assertThatThrownBy(() -> new DemoData(settings, Optional.of(Path.of("/data"))).make())
                    .isInstanceOf(CannotStart.class)
                    .hasMessage("The demo data could not be written in time, because the storage is slow or the machine"
                            + " is busy. Start with DEMO=0 or another DATA_DIR, or delete /data and start again: the"
                            + " tenants that were made here are lost then.");
            assertThatThrownBy(() -> new DemoData(settings, Optional.empty()).make())
                    .hasMessageEndingWith("Start again, or start with DEMO=0.");
        }
    }
}
