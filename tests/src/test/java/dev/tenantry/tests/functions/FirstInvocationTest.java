package dev.tenantry.tests.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.local.aws.template.FunctionDefinition;
import dev.tenantry.tests.openapi.OpenApi;
import dev.tenantry.tests.project.Project;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What SnapStart leaves to whoever comes first: the classes that a primed function still loads for its main events.
class FirstInvocationTest {

    /// Most classes that may be left. What the runtime's own client loads besides, at its first event, is not ours.
    private static final int MOST_CLASSES = 50;

    private static final OpenApi API = OpenApi.load();

    /// Where this process has [FirstInvocation].
    private static final Path OWN_CLASSES = ownClasses();

    private static final List<String> EVENTS = List.of(
            "audit/list-audit",
            "billing/create-checkout",
            "billing/open-portal",
            "changeevents/changes",
            "chargerconnect/connect",
            "chargerconnect/connect-registers",
            "chargers/create-charger",
            "chargers/list-chargers",
            "fallback/unknown-path",
            "invites/create-invite",
            "invites/accept-invite",
            "ips/add-ip",
            "mailevents/bounce",
            "metrics/list-metrics",
            "metricsaggregation/aggregate",
            "operator/suspend",
            "profiles/create-profile",
            "profiles/get-profile",
            "subscription/get-subscription",
            "tenants/get-tenant",
            "tenants/update-tenant",
            "usageingest/reports",
            "users/change-role",
            "users/list-users",
            "webhook/subscription-updated");

    private static Path ownClasses() {
        try {
            return Path.of(FirstInvocation.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    static List<String> events() {
        return EVENTS;
    }

    @Test
    void isAboutEveryFunction() {
        assertThat(EVENTS.stream()
                        .map(name -> name.substring(0, name.indexOf('/')))
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(Project.template().functions().stream()
                        .map(Sandbox::nameOf)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("events")
    void loadsFewClasses(String name, @TempDir Path folder) throws Exception {
        SampleEvent event = SampleEvent.of(Project.root().resolve("events").resolve(name + ".json"));
        try (Sandbox sandbox = event.sandbox()) {
            List<String> loaded = loaded(event, sandbox, folder);
            assertThat(loaded).as(String.join("\n", loaded)).hasSizeLessThanOrEqualTo(MOST_CLASSES);
        }
    }

    private static List<String> loaded(SampleEvent event, Sandbox sandbox, Path folder)
            throws IOException, InterruptedException {
        FunctionDefinition function = event.function();
        Path log = folder.resolve("classes.log");
        Path result = folder.resolve("result");
        Path output = folder.resolve("output");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                function.environment().getOrDefault("JAVA_TOOL_OPTIONS", "").split(" ")));
        command.addAll(List.of(
                "-Xlog:class+load=info:file=" + log + ":none:filecount=0",
                "-cp",
                Stream.concat(FunctionPackageTest.unzipped(function, folder).stream(), Stream.of(OWN_CLASSES))
                        .map(Path::toString)
                        .collect(Collectors.joining(File.pathSeparator)),
                FirstInvocation.class.getName(),
                Sandbox.className(function),
                Files.writeString(folder.resolve("event.json"), event.json()).toString(),
                log.toString(),
                result.toString()));
        ProcessBuilder process =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        // Told above, and else told to whoever reads what is printed.
        process.environment().putAll(Sandbox.environment(function, sandbox.dynamoDbUri()));
        process.environment().remove("JAVA_TOOL_OPTIONS");
        Process java = process.start();
        assertThat(java.waitFor(2, TimeUnit.MINUTES)).isTrue();
        String printed = Files.readString(output);
        assertThat(java.exitValue()).as(printed).isZero();
        assertThat(printed).doesNotContain("\"WARN\"", "\"ERROR\"");
        String[] lines = Files.readString(result).split("\n", 3);
        event.check(API, lines[2]);
        byte[] all = Files.readAllBytes(log);
        int from = Integer.parseInt(lines[0]);
        int to = Integer.parseInt(lines[1]);
        return new String(all, from, to - from, StandardCharsets.UTF_8).lines().toList();
    }
}
