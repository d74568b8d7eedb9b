package dev.tenantry.tests.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.tenantry.local.aws.http.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// `console/template.yaml`, and `console/deploy` with a program in the place of the AWS CLI that writes down what
/// it is asked.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the program is a shell script")
class ConsoleDeploymentTest {

    private static final Path CONSOLE = Project.root().resolve("console");
    private static final String SETTINGS = "{\"apiUrl\":\"https://api.example.com\"}";

    @TempDir
    private Path home;

    @Test
    void sendsTheHeadersThatLocalModeSends() throws IOException {
        JsonNode headers = Json.parse(Files.readString(CONSOLE.resolve("src/main/headers/console-headers.json")))
                .orElseThrow();
        JsonNode policy = template().at("/Resources/Headers/Properties/ResponseHeadersPolicyConfig");
        JsonNode security = policy.path("SecurityHeadersConfig");
        Map<String, String> sent = new HashMap<>();
        policy.at("/CustomHeadersConfig/Items")
                .forEach(it ->
                        sent.put(it.path("Header").asText(), it.path("Value").asText()));
        // YAML tags are lost here: !Join is a list of separator and parts, !Sub one of text and what is put in.
        JsonNode parts = security.at("/ContentSecurityPolicy/ContentSecurityPolicy/1");
        assertThat(parts.at("/1/0").asText()).isEqualTo("https://${Api} https://${SignIn} ${SignInOrigins}");
        sent.put(
                "Content-Security-Policy",
                parts.at("/0").asText() + "{connect}" + parts.at("/2").asText());
        assertThat(security.has("ContentTypeOptions")).isTrue();
        sent.put("X-Content-Type-Options", "nosniff");
        sent.put("X-Frame-Options", security.at("/FrameOptions/FrameOption").asText());
        sent.put(
                "Referrer-Policy", security.at("/ReferrerPolicy/ReferrerPolicy").asText());
        Map<String, String> expected = new HashMap<>();
        headers.properties()
                .forEach(header ->
                        expected.put(header.getKey(), header.getValue().asText()));
        assertThat(sent).isEqualTo(expected);
    }

    @Test
    void tellsTheConsoleAllThatItReads() throws Exception {
        JsonNode settings = Json.parse(
                        template().at("/Outputs/Settings/Value").asText().replaceAll("[$][{][A-Za-z]+[}]", "x"))
                .orElseThrow();
        List<String> read = new ArrayList<>();
        for (String line : Files.readAllLines(CONSOLE.resolve("src/main/web/app/config.js"))) {
            if (line.contains("@property")) {
                read.add(line.replaceFirst(".*[}] \\[?(\\w+).*", "$1"));
            }
        }
        assertThat(settings.propertyStream().map(Map.Entry::getKey)).containsExactlyInAnyOrderElementsOf(read);
    }

    @Test
    void answersWithThePageWhatIsNoFile() throws Exception {
        assumeTrue(
                Programs.find(List.of("node")).isPresent(), "There is no node, so nobody runs CloudFront's function.");
        String code = template().at("/Resources/Paths/Properties/FunctionCode").asText()
                + "for (const uri of process.argv.slice(1)) console.log(handler({ request: { uri } }).uri);";
        Process node = new ProcessBuilder(
                        "node",
                        "-e",
                        code,
                        "/",
                        "/t/acme/people",
                        "/invite/accept",
                        "/signed-in",
                        "/app/main.js",
                        "/a.b/c")
                .redirectErrorStream(true)
                .start();
        assertThat(new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "/index.html", "/index.html", "/index.html", "/index.html", "/app/main.js", "/index.html");
    }

    @Test
    void uploadsThePageLastAndHasNobodyKeepWhatMayChange() throws Exception {
        prepare();
        Run run = deploy("tenantry-console", "--region", "eu-central-1", "ClientId=console");

        assertThat(run.words()).contains("The console is at https://console.example.com.");
        assertThat(run.status()).isZero();
        List<String> asked = Files.readAllLines(home.resolve("asked"));
        assertThat(asked).hasSize(8).allSatisfy(line -> assertThat(line).endsWith(" --region eu-central-1"));
        assertThat(asked.get(0))
                .startsWith("cloudformation deploy ")
                .contains(" --stack-name tenantry-console ", " --parameter-overrides ClientId=console ");
        assertThat(asked.get(2)).contains("s3://files/vendor --recursive", "immutable");
        assertThat(asked.get(3))
                .contains(" --exclude vendor/* --exclude index.html --exclude config.json ", " no-cache ");
        assertThat(asked.get(4)).contains("/config.json s3://files/config.json ", " no-cache ");
        assertThat(Files.readString(home.resolve("config"))).isEqualTo(SETTINGS);
        assertThat(asked.get(5)).contains("/index.html s3://files/index.html ", " no-cache ");
        assertThat(asked.get(6)).startsWith("s3 sync ").contains(" --delete --exclude config.json ");
        assertThat(asked.get(7)).startsWith("cloudfront create-invalidation --distribution-id E1 --paths /* ");
    }

    @Test
    void uploadsNothingWhereTheStackCannotBeMade() throws Exception {
        prepare();
        program("echo \"$@\" >> asked; exit 255");
        assertThat(deploy("tenantry-console").status()).isEqualTo(255);
        assertThat(Files.readAllLines(home.resolve("asked"))).hasSize(1);
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        prepare();
        assertThat(deploy().words()).startsWith("usage: console/deploy STACK ");
        assertThat(deploy("ApiUrl=https://api.example.com").words()).startsWith("usage: ");
        assertThat(deploy("tenantry-console", "--stack", "x").words()).startsWith("There is no option --stack.");
        Files.delete(home.resolve("files/index.html"));
        assertThat(deploy("tenantry-console").words())
                .contains("There are no files to upload. Make them: ./mvnw package");
        assertThat(home.resolve("asked")).doesNotExist();
    }

    private static JsonNode template() throws IOException {
        return new YAMLMapper().readTree(Files.readString(CONSOLE.resolve("template.yaml")));
    }

    private void prepare() throws IOException {
        assumeTrue(
                Programs.find(List.of("python3")).isPresent(),
                "There is no python3 on the PATH, so nobody tries console/deploy.");
        Files.copy(CONSOLE.resolve("deploy"), home.resolve("deploy"));
        Files.createDirectories(home.resolve("files/vendor"));
        Files.writeString(home.resolve("files/index.html"), "<!DOCTYPE html>");
        program("""
                echo "$@" >> asked
                case "$*" in
                  *describe-stacks*) cat <<'END'
                [{"OutputKey":"BucketName","OutputValue":"files"},{"OutputKey":"DistributionId","OutputValue":"E1"},
                 {"OutputKey":"ConsoleUrl","OutputValue":"https://console.example.com"},
                 {"OutputKey":"CallbackUrl","OutputValue":"https://console.example.com/signed-in"},
                 {"OutputKey":"Settings","OutputValue":"{\\"apiUrl\\":\\"https://api.example.com\\"}"}]
                END
                  ;;
                  "s3 cp "*/config.json*) cp "$3" config ;;
                esac
                """);
    }

    private void program(String script) throws IOException {
        Path file = home.resolve("aws");
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private record Run(int status, String words) {}

    private Run deploy(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(DeployTest.python(), "deploy"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.put("PATH", home + ":" + environment.get("PATH"));
        Process process = builder.start();
        String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), words);
    }
}
