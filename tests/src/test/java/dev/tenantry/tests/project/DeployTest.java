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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        program("aws", "echo \"$@\" >> asked-aws; echo UPDATE_COMPLETE");
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
                // Where nothing is said of it, a stack goes on with the value that it had.
                .contains(" TableProtection=on");
        assertThat(asked.get(1)).startsWith("deploy --config-env=dev --no-execute-changeset --parameter-overrides ");
        assertThat(release(asked.get(0))).matches("[0-9]{10}").isNotEqualTo(release(asked.get(1)));
    }

    /// What has not come to be can be taken back; what has is protected.
    @Test
    void protectsTheTableOnceThereIsAStack() throws Exception {
        program("aws", "[ -e asked ] && echo CREATE_COMPLETE && exit; " + NO_STACK);
        assertThat(deploy("--config-env", "dev")).satisfies(run -> {
            assertThat(run.status()).isZero();
            assertThat(run.words())
                    .contains("There is no stack tenantry-dev yet, so it is deployed twice")
                    .contains("Its table gets its protection now.");
        });

        List<String> asked = asked();
        assertThat(asked).hasSize(2);
        assertThat(asked.get(0)).endsWith(" TableProtection=off");
        assertThat(asked.get(1)).endsWith(" TableProtection=on");
        // Nothing but the table changes the second time.
        assertThat(release(asked.get(0))).isEqualTo(release(asked.get(1)));
    }

    @Test
    void leavesTheTableWithoutProtectionWhereThatIsSaid() throws Exception {
        configuration("stack_name = \"tenantry\"\nparameter_overrides = [\"TableProtection=off\"]");
        deploy();
        program("aws", NO_STACK);
        deploy();
        assertThat(asked())
                .hasSize(2)
                .allSatisfy(asked ->
                        assertThat(asked).contains(" TableProtection=off").doesNotContain(" TableProtection=on"));
    }

    /// A change set that nobody carries out leaves a stack in which nothing is.
    @Test
    void protectsNothingWhereNothingWasDeployed() throws Exception {
        program("aws", "echo REVIEW_IN_PROGRESS");
        assertThat(deploy("--config-env", "dev", "--no-execute-changeset").words())
                .contains("Nothing was deployed yet.");
        assertThat(asked()).singleElement().asString().endsWith(" TableProtection=off");
    }

    /// CloudFormation deploys it never again.
    @ParameterizedTest
    @ValueSource(strings = {"ROLLBACK_COMPLETE", "ROLLBACK_FAILED"})
    void saysToDeleteWhatAFirstDeploymentLeftThatFailed(String status) throws Exception {
        program("aws", "echo " + status);
        assertThat(deploy("--config-env", "dev", "--profile", "ada")).satisfies(run -> {
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.words())
                    .contains("Delete it first: aws cloudformation delete-stack --stack-name tenantry-dev"
                            + " --region eu-central-1 --profile ada");
        });
        assertThat(home.resolve("asked")).doesNotExist();
    }

    /// The stack that is asked about is the one that SAM deploys.
    @Test
    void asksAboutTheStackThatSamDeploys() throws Exception {
        deploy("--config-env", "dev");
        deploy("--config-env", "dev", "--stack-name", "tenantry-ada", "--region=us-east-1", "--profile", "ada");
        deploy("--config-env", "dev", "--region", "us-east-1", "--region", "us-west-2");
        assertThat(Files.readAllLines(home.resolve("asked-aws")))
                .containsExactly(
                        describe("tenantry-dev --region eu-central-1"),
                        describe("tenantry-ada --region us-east-1 --profile ada"),
                        describe("tenantry-dev --region us-west-2"));
    }

    private static String describe(String stack) {
        return "cloudformation describe-stacks --stack-name " + stack + " --query Stacks[0].StackStatus --output text";
    }

    @Test
    void readsTheConfigurationThatSamReads() throws Exception {
        Files.createDirectory(home.resolve("ours"));
        Files.move(home.resolve("samconfig.toml"), home.resolve("ours/stages.toml"));
        assertThat(deploy("--config-env", "dev", "--config-file", "ours/stages.toml")
                        .status())
                .isZero();
        assertThat(deploy("--config-env", "dev", "-t", "ours/template.yaml", "--config-file=stages.toml")
                        .status())
                .isZero();
        assertThat(asked()).hasSize(2).allSatisfy(asked -> assertThat(asked).contains(" RetentionDays=1"));
        assertThat(deploy("--config-env", "dev", "--config-file", "ours/other.toml")
                        .words())
                .contains("There is no ours/other.toml here.");
        assertThat(deploy("--config-file", "samconfig.yaml").words()).contains("./deploy reads TOML alone");
    }

    /// Nobody has to say where: the AWS CLI's own configuration can.
    @Test
    void leavesTheRegionToTheConfigurationOfAws() throws Exception {
        configuration("stack_name = \"tenantry\"");
        assertThat(deploy().status()).isZero();
        assertThat(Files.readAllLines(home.resolve("asked-aws"))).containsExactly(describe("tenantry"));
        configuration("region = \"eu-central-1\"");
        assertThat(deploy().words()).contains("samconfig.toml does not say the stack_name of default");
        assertThat(deploy("--stack-name", "tenantry").status()).isZero();
    }

    /// SAM refuses `A=`, and of `A=b c` it takes the first word.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"CorsOrigins=\", \"Title=Acme Charging\", \"Other=x=y\"]",
                "['CorsOrigins=\"\"', 'Title=\"Acme Charging\"', 'Other=x=y']",
                "\"CorsOrigins='' Title='Acme Charging' Other=x=y\"",
                "\"ParameterKey=CorsOrigins,ParameterValue= Title='Acme Charging' ParameterKey=Other,ParameterValue=x=y\"",
                "{ CorsOrigins = \"\", Title = \"Acme Charging\", Other = \"x=y\" }"
            })
    void saysEmptyValuesAsSamTakesThem(String overrides) throws Exception {
        configuration("stack_name = \"tenantry\"\nparameter_overrides = " + overrides);
        assertThat(deploy().status()).isZero();
        assertThat(asked()).singleElement().asString().endsWith(" CorsOrigins=\"\" Title=\"Acme Charging\" Other=x=y");
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

    private void configuration(String parameters) throws IOException {
        Files.writeString(home.resolve("samconfig.toml"), "[default.deploy.parameters]\n" + parameters + "\n");
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
