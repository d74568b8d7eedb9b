package dev.tenantry.tests.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// `./deploy`, with programs in the place of SAM's and AWS's command lines that write down what they are asked.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the programs are shell scripts")
class DeployTest {

    private static final String NO_STACK = "echo 'Stack with id tenantry-dev does not exist' >&2; exit 254";

    @TempDir
    private Path home;

    @BeforeEach
    void copy() throws IOException {
        assumeTrue(
                Programs.find(List.of("python3")).isPresent(),
                "There is no python3 on the PATH, so nobody tries ./deploy.");
        Files.copy(Project.root().resolve("deploy"), home.resolve("deploy"));
        Files.copy(Project.root().resolve("samconfig.example.toml"), home.resolve("samconfig.toml"));
        program("sam", "echo \"$@\" >> asked");
        program("aws", "echo '{\"StackStatus\": \"UPDATE_COMPLETE\"}'");
    }

    @Test
    void givesEachDeploymentAnotherRelease() throws Exception {
        assertThat(deploy("--config-env", "dev").status()).isZero();
        // A release is named after the second in which it is deployed.
        Thread.sleep(1100);
        assertThat(deploy("--config-env=dev", "--no-execute-changeset").status())
                .isZero();

        List<String> asked = asked();
        assertThat(asked).hasSize(2);
        assertThat(asked.get(0))
                .startsWith("deploy --config-env dev --parameter-overrides ")
                .contains(" BrokerDomain=ocpp.dev.example.com", " RetentionDays=1")
                .doesNotContain("TableProtection");
        assertThat(asked.get(1)).startsWith("deploy --config-env=dev --no-execute-changeset --parameter-overrides ");
        assertThat(release(asked.get(0))).matches("[0-9]{10}").isNotEqualTo(release(asked.get(1)));
    }

    /// What has not come to be can be taken back; what has is protected.
    @Test
    void protectsTheTableOnceThereIsAStack() throws Exception {
        program("aws", NO_STACK);
        assertThat(deploy("--config-env", "dev").status()).isZero();

        List<String> asked = asked();
        assertThat(asked).hasSize(2);
        assertThat(asked.get(0)).endsWith(" TableProtection=off");
        assertThat(asked.get(1)).endsWith(" TableProtection=on");
        // Nothing but the table changes the second time.
        assertThat(release(asked.get(0))).isEqualTo(release(asked.get(1)));
    }

    @Test
    void beginsAnewAfterAFirstDeploymentThatFailed() throws Exception {
        program("aws", "echo '{\"StackStatus\": \"ROLLBACK_COMPLETE\"}'");
        deploy("--config-env", "dev");
        assertThat(asked()).hasSize(2);
    }

    @Test
    void endsWhereSamDoes() throws Exception {
        program("aws", NO_STACK);
        program("sam", "echo \"$@\" >> asked; exit 3");
        assertThat(deploy("--config-env", "dev").status()).isEqualTo(3);
        assertThat(asked()).hasSize(1);
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        assertThat(deploy("--config-env", "staging")).satisfies(run -> {
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.words()).contains("samconfig.toml says nothing of staging; it has dev, prod.");
        });
        assertThat(deploy("--parameter-overrides", "A=b").words()).contains("Say parameters in samconfig.toml");
        program("aws", "echo 'Unable to locate credentials' >&2; exit 253");
        assertThat(deploy("--config-env", "dev").words())
                .contains("could not be found out: Unable to locate credentials");
        Files.delete(home.resolve("samconfig.toml"));
        assertThat(deploy().words()).contains("There is no samconfig.toml here.");
        assertThat(home.resolve("asked")).doesNotExist();
    }

    /// It may only say what the template asks.
    @Test
    void hasAnExampleOfParametersThatThereAre() throws Exception {
        String template = Files.readString(Project.root().resolve("template.yaml"));
        for (String environment : List.of("dev", "prod")) {
            deploy("--config-env", environment);
            String words = asked().getLast().replaceFirst(".* --parameter-overrides ", "");
            for (String word : words.split(" ")) {
                assertThat(template).contains("\n  " + word.substring(0, word.indexOf('=')) + ":\n    Type: ");
            }
        }
    }

    private record Run(int status, String words) {}

    private Run deploy(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(python(), "deploy"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.put("PATH", home + ":" + environment.get("PATH"));
        Process process = builder.start();
        String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), words);
    }

    /// Itself, and no program that stands for it and puts others on the PATH.
    static String python() throws IOException {
        Process process = new ProcessBuilder("python3", "-c", "import sys; print(sys.executable)").start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    private List<String> asked() throws IOException {
        return Files.readAllLines(home.resolve("asked"));
    }

    private static String release(String asked) {
        return asked.replaceFirst(".* Release=(\\S+).*", "$1");
    }

    private void program(String name, String script) throws IOException {
        Path program = home.resolve(name);
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
