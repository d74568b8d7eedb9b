package dev.tenantry.tests.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.template.FunctionDefinition;
import dev.tenantry.tests.openapi.OpenApi;
import dev.tenantry.tests.project.Project;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The zips that are deployed.
class FunctionPackageTest {

    private static final OpenApi API = OpenApi.load();

    static List<FunctionDefinition> functions() {
        return Project.template().functions();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void holdsAllThatTheFunctionNeeds(FunctionDefinition function, @TempDir Path folder) throws Exception {
        List<URL> jars = new ArrayList<>();
        for (Path jar : unzipped(function, folder)) {
            jars.add(jar.toUri().toURL());
        }
        try (URLClassLoader loader = new URLClassLoader(jars.toArray(URL[]::new), new Runtime())) {
            for (Path file : Project.events()) {
                SampleEvent event = SampleEvent.of(file);
                if (event.isFor(function)) {
                    try (Sandbox sandbox = event.sandbox();
                            CapturedOutput _ = CapturedOutput.begin()) {
                        String answer = invoke(
                                loader, function, Sandbox.environment(event.function(), sandbox.dynamoDbUri()), event);
                        JsonNode json = Json.parse(answer).orElseThrow();
                        if (json.has("statusCode")) {
                            assertThat(json.path("statusCode").asInt())
                                    .as(answer)
                                    .isBetween(200, 499);
                        } else {
                            event.check(API, answer);
                        }
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void holdsNothingElse(FunctionDefinition function, @TempDir Path folder) throws IOException {
        List<Path> jars = unzipped(function, folder);
        List<String> names =
                jars.stream().map(jar -> jar.getFileName().toString()).toList();
        assertThat(names)
                .anyMatch(name -> name.startsWith("tenantry-function-" + Sandbox.nameOf(function) + "-"))
                .filteredOn(name -> name.matches(
                        "(?i).*(netty|apache[0-9]?-client|httpclient|dagger-compiler|errorprone|junit|assertj|"
                                + "archunit|mockito|testcontainers|DynamoDBLocal|sqlite|snakeyaml|nimbus|swagger|-tests|"
                                + "tenantry-local|tenantry-packaging|log4j|jackson-databind).*"))
                .isEmpty();
        assertThat(names)
                .filteredOn(name -> name.startsWith("tenantry-function-"))
                .hasSize(1);
        assertThat(names.stream().anyMatch(name -> name.startsWith("sesv2-")))
                .isEqualTo(Set.of("InvitesFunction", "OperatorFunction").contains(function.logicalId()));
        assertThat(names.stream().anyMatch(name -> name.startsWith("eventbridge-")))
                .isEqualTo(function.logicalId().equals("ChangeEventsFunction"));
        boolean withStripe = Set.of("BillingFunction", "WebhookFunction").contains(function.logicalId());
        for (String jar : List.of("stripe-java-", "gson-", "secretsmanager-")) {
            assertThat(names.stream().anyMatch(name -> name.startsWith(jar)))
                    .as(jar)
                    .isEqualTo(withStripe);
        }
    }

    /// A class that need not be inflated is there sooner.
    @ParameterizedTest
    @MethodSource("functions")
    void isNotCompressedTwice(FunctionDefinition function, @TempDir Path folder) throws IOException {
        for (Path jar : unzipped(function, folder)) {
            try (ZipFile entries = new ZipFile(jar.toFile())) {
                assertThat(Collections.list(entries.entries()))
                        .as(jar.getFileName().toString())
                        .allMatch(entry -> entry.getMethod() == ZipEntry.STORED);
            }
        }
    }

    private static String invoke(
            ClassLoader loader, FunctionDefinition function, Map<String, String> environment, SampleEvent event)
            throws ReflectiveOperationException, IOException {
        Class<?> settings = loader.loadClass("dev.tenantry.config.Settings");
        Object read = settings.getMethod("of", Map.class).invoke(null, environment);
        RequestStreamHandler handler = (RequestStreamHandler) loader.loadClass(Sandbox.className(function))
                .getConstructor(settings)
                .newInstance(read);
        assertThat(handler.getClass().getClassLoader()).isEqualTo(loader);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            handler.handleRequest(
                    new ByteArrayInputStream(event.json().getBytes(StandardCharsets.UTF_8)), out, Sandbox.context());
        } catch (RuntimeException e) {
            return Sandbox.functionError(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /// The jars of a function as it is deployed.
    static List<Path> unzipped(FunctionDefinition function, Path folder) throws IOException {
        Path module = Project.root().resolve("functions").resolve(Sandbox.nameOf(function));
        Path zip = module.resolve("target/function.zip");
        assumeTrue(Files.exists(zip), zip + " was not built; ./mvnw verify builds it");
        assumeTrue(
                !isOlder(zip, module) && !isOlder(zip, Project.root().resolve("shared")),
                zip + " is older than the classes; ./mvnw verify builds it anew");
        List<Path> jars = new ArrayList<>();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (!entry.isDirectory()) {
                    assertThat(entry.getName()).matches("lib/[^/]+[.]jar");
                    Path jar = folder.resolve(entry.getName().substring("lib/".length()));
                    Files.copy(in, jar);
                    jars.add(jar);
                }
            }
        }
        return jars;
    }

    private static boolean isOlder(Path zip, Path module) throws IOException {
        FileTime built = Files.getLastModifiedTime(zip);
        try (Stream<Path> files = Files.walk(module.resolve("target/classes"))) {
            return files.filter(file -> file.toString().endsWith(".class")).anyMatch(file -> {
                try {
                    return Files.getLastModifiedTime(file).compareTo(built) > 0;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    /// What is there before a function's own classes: the platform and the Lambda interfaces.
    private static final class Runtime extends ClassLoader {

        Runtime() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("com.amazonaws.services.lambda.runtime.")) {
                return FunctionPackageTest.class.getClassLoader().loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
    }
}
