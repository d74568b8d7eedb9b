package dev.tenantry.tests.project;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The scripts `./run` and `./fleet`, with a Maven and a JDK that only say that they were called.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "The scripts are for a POSIX shell.")
class RunTest {

    private static final long PATIENCE_SECONDS = 60;

    private static final String TWO_MODULES = """
            echo "[INFO] Scanning for projects..."
            echo "[INFO] ------------< dev.tenantry:tenantry-shared >------------"
            echo "[INFO] Building Tenantry: shared 0.1.0-SNAPSHOT                 [1/2]"
            echo "[INFO] Building jar: /somewhere/tenantry-shared.jar"
            echo "[INFO] Building Tenantry: local service 0.1.0-SNAPSHOT          [2/2]"
            """;

    @TempDir
    private Path root;

    @BeforeEach
    void copyTheScripts() throws IOException {
        for (String script : List.of("run", "fleet")) {
            Files.copy(Project.root().resolve(script), root.resolve(script));
        }
        Files.createDirectories(root.resolve("local/service"));
        for (String needed : List.of("shared", "functions", "console", ".mvn")) {
            Files.createDirectory(root.resolve(needed));
        }
        Files.createFile(root.resolve("pom.xml"));
        script(".mvn/find-jdk", "echo \"" + root + "/jdk\"");
        Files.createDirectories(root.resolve("jdk/bin"));
        script("jdk/bin/java", "echo \"java $*\"");
        script("mvnw", TWO_MODULES);
    }

    @Test
    void saysWhatItBuildsInALineForEachModule() throws Exception {
        Told told = call("run");
        assertThat(told.out())
                .startsWith(
                        "Building Tenantry (once; later starts skip this) ...",
                        "  Tenantry: shared (1/2)",
                        "  Tenantry: local service (2/2)")
                .hasSize(4)
                .last()
                .asString()
                .endsWith("dev.tenantry.local.Main");
        assertThat(told.err()).isEmpty();
        assertThat(call("run").out())
                .as("built already")
                .singleElement()
                .asString()
                .startsWith("java ");
    }

    @Test
    void compilesNoTestSources() throws Exception {
        script("mvnw", "echo \"$*\" > arguments");
        call("run");
        assertThat(Files.readString(root.resolve("arguments"))).contains("-Dmaven.test.skip ");
    }

    @Test
    void showsWhatMavenHasAgainstTheBuild() throws Exception {
        script("mvnw", TWO_MODULES + "echo '[ERROR] Charger.java:[7,3] not a statement'; exit 1");
        Told told = call("run");
        assertThat(told.status()).isOne();
        assertThat(told.err())
                .containsExactly(
                        "[ERROR] Charger.java:[7,3] not a statement",
                        "The build failed; all that it said is in " + root.toRealPath()
                                + "/local/service/target/run-build.log.");
        assertThat(root.resolve("local/service/target/run-build.log")).content().contains("Scanning for projects");
        assertThat(call("run").status()).as("it is not taken for built").isOne();
    }

    @Test
    void showsWhyMavenDidNotBegin() throws Exception {
        script("mvnw", "echo 'cannot download Maven'; exit 3");
        Told told = call("run");
        assertThat(told.status()).isOne();
        assertThat(told.err()).hasSize(2).first().isEqualTo("cannot download Maven");
    }

    @Test
    void saysThatThereIsNoJdk() throws Exception {
        script(".mvn/find-jdk", "echo 'No JDK 25 found.' >&2; exit 1");
        Told told = call("run");
        assertThat(told.status()).isOne();
        assertThat(told.err()).containsExactly("No JDK 25 found.");
        assertThat(told.out()).isEmpty();
    }

    @Test
    void stopsItsBuildWhenItIsStopped() throws Exception {
        script("mvnw", "echo $$ > maven.pid; echo '[INFO] Building Tenantry: shared 1 [1/2]'; exec sleep 600");
        Process run = start("run");
        try (BufferedReader out = run.inputReader()) {
            assertThat(out.readLine()).startsWith("Building");
            assertThat(out.readLine()).isEqualTo("  Tenantry: shared (1/2)");
            long maven =
                    Long.parseLong(Files.readString(root.resolve("maven.pid")).strip());

            run.destroy();

            assertThat(run.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(run.exitValue()).isEqualTo(143);
            assertThat(ProcessHandle.of(maven).filter(ProcessHandle::isAlive)).isEmpty();
            Path target = root.resolve("local/service/target");
            assertThat(Files.exists(target.resolve("run.lock"), LinkOption.NOFOLLOW_LINKS))
                    .isFalse();
            assertThat(target.resolve("run-build.pipe")).doesNotExist();
            assertThat(target.resolve("run.stamp")).doesNotExist();
        } finally {
            run.destroyForcibly();
        }
    }

    @Test
    void startsTheFleetThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(root.resolve("jdk/let-loose"), Path.of("../fleet"));
        assertThat(call(root.relativize(link).toString(), "--chargers", "3").out())
                .last()
                .asString()
                .endsWith("dev.tenantry.local.fleet.FleetMain --chargers 3");
    }

    private record Told(int status, List<String> out, List<String> err) {}

    private Told call(String script, String... arguments) throws Exception {
        Process process = start(script, arguments);
        try (BufferedReader out = process.inputReader();
                BufferedReader err = process.errorReader()) {
            List<String> outLines = out.lines().toList();
            List<String> errLines = err.lines().toList();
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            return new Told(process.exitValue(), outLines, errLines);
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(String script, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(root.resolve(script).toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).start();
    }

    private void script(String name, String body) throws IOException {
        Path file = root.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, fromString("rwxr-xr-x"));
    }
}
