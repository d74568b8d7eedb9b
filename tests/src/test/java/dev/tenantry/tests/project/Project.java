package dev.tenantry.tests.project;

import dev.tenantry.local.aws.template.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The project's own files.
public final class Project {

    public static final String BROKER_DOMAIN = "ocpp.example.com";

    public static final String STRIPE_SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret:stripe-AbCdEf";

    /// What is no prose in a Markdown document: commands, answers and quoted code, with the fences around them.
    public static final Pattern FENCE = Pattern.compile("(?ms)^ *```.*?^ *```$");

    private static final Set<String> NOT_OURS = Set.of(".git", "target", "node_modules");

    private Project() {}

    public static Path root() {
        return Path.of(System.getProperty("tenantry.root", ".."))
                .toAbsolutePath()
                .normalize();
    }

    public static Template template() {
        return template(Map.of(
                "MailIdentity", "example.com",
                "MailSender", "no-reply@example.com",
                "PortalUrl", "https://portal.example.com",
                "StripeSecretId", STRIPE_SECRET));
    }

    /// With no more than a deployment has to say.
    public static Template bareTemplate() {
        return template(Map.of());
    }

    private static Template template(Map<String, String> optional) {
        Map<String, String> parameters = new HashMap<>(Map.of(
                "JwtIssuer", "https://identity.example.com/",
                "JwtAudience", "tenantry",
                "BrokerDomain", BROKER_DOMAIN,
                "CorsOrigins", "https://portal.example.com,http://localhost:3000"));
        parameters.putAll(optional);
        return Template.read(root().resolve("template.yaml"), parameters);
    }

    /// The sample events, sorted; their folder names the function.
    public static List<Path> events() {
        try (Stream<Path> files = Files.walk(root().resolve("events"))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The project's own files whose names end like one of these, sorted. What Git keeps or a build makes is left
    /// out.
    public static List<Path> files(String... endings) {
        try {
            List<Path> files = new ArrayList<>();
            Files.walkFileTree(root(), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return NOT_OURS.contains(folder.getFileName().toString())
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (Stream.of(endings).anyMatch(file.getFileName().toString()::endsWith)) {
                        files.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
            files.sort(null);
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
