package dev.tenantry.local;

import dev.tenantry.local.aws.CannotStart;
import java.nio.file.Path;
import java.util.stream.Collectors;

/// Runs the local service until it is interrupted.
public final class Main {

    private Main() {}

    /// Takes its options from the environment, and the project's directory from the system property
    /// `tenantry.root`.
    public static void main(String[] arguments) {
        try {
            Path root = Path.of(System.getProperty("tenantry.root", "")).toAbsolutePath();
            LocalService service = LocalService.start(LocalOptions.from(System.getenv(), root));
            Runtime.getRuntime().addShutdownHook(new Thread(service::close, "stop"));
            System.out.println("Tenantry is ready on " + service.uri() + " (docs: /docs, DynamoDB: "
                    + service.dynamoDbUri()
                    + service.sqsUri().map(uri -> ", SQS: " + uri).orElse("") + ", Stripe: " + service.stripeUri()
                    + ")");
        } catch (CannotStart reasons) {
            reasons.lines().forEach(System.err::println);
            System.exit(1);
        } catch (RuntimeException | Error unexpected) {
            // Whatever nobody thought of: a line that can be reported, without what only its author can read.
            System.err.println("Tenantry does not start: " + oneLine(unexpected));
            System.exit(1);
        }
    }

    private static String oneLine(Throwable failure) {
        return failure.toString().lines().map(String::strip).collect(Collectors.joining(" "));
    }
}
