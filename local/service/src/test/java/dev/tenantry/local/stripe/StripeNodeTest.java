package dev.tenantry.local.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.tenantry.local.aws.fault.Faults;
import dev.tenantry.local.aws.http.WebServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Stripe's library for Node against the stand-in. It is no dependency of the project: `.ci/stripe` installs it, and
/// where nobody has, or where there is no Node, this skips itself.
class StripeNodeTest {

    private static final Path LIBRARY =
            Path.of("target/node/node_modules/stripe").toAbsolutePath();
    private static final Path SESSION = Path.of("src/test/node/session.mjs").toAbsolutePath();

    @Test
    void holdsASessionAsAtStripe() throws IOException, InterruptedException {
        assumeThat(Files.isDirectory(LIBRARY))
                .as(".ci/stripe has installed the library")
                .isTrue();
        assumeThat(output("node", "--version")).startsWith("v");
        try (WebServer server = WebServer.bind(0)) {
            server.serve(new StripeStandIn(Clock.systemUTC(), new Faults(), Optional.empty()));
            assertThat(output(
                                    "node",
                                    SESSION.toString(),
                                    LIBRARY.toString(),
                                    Integer.toString(server.uri().getPort()))
                            .lines())
                    .containsExactly(
                            "customers",
                            "products and prices",
                            "subscriptions",
                            "expand",
                            "lists and search",
                            "errors",
                            "checkout",
                            "portal",
                            "events",
                            "constructEvent");
        }
    }

    private static String read(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What a command says; nothing if there is no such command.
    private static String output(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .start();
            // Reading ends with the process, so this is the time that both have.
            CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> read(process));
            boolean ended = process.waitFor(60, TimeUnit.SECONDS);
            if (!ended) {
                // Not otherwise: it closes what has still to be read.
                process.destroyForcibly();
            }
            assertThat(ended).as("it has ended within a minute").isTrue();
            return output.join();
        } catch (IOException e) {
            return "";
        }
    }
}
