package dev.tenantry.local.fleet;

import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Lets a simulated fleet loose on a running local service; see [FleetOptions#USAGE].
public final class FleetMain {

    private FleetMain() {}

    public static void main(String[] arguments) {
        boolean watched = System.console() != null && System.console().isTerminal();
        System.exit(run(
                List.of(arguments),
                System.getenv(),
                System.out,
                System.err,
                watched ? Optional.of(System.err) : Optional.empty()));
    }

    /// Does what the arguments ask for.
    ///
    /// @param environment may say where the service is
    /// @param out         takes the summary
    /// @param err         takes what went wrong
    /// @param progress    takes the progress bar; empty where nobody watches
    /// @return the exit status: 0 if all went well, 1 if not, 2 if the arguments are none
    public static int run(
            List<String> arguments,
            Map<String, String> environment,
            PrintStream out,
            PrintStream err,
            Optional<PrintStream> progress) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            out.print(FleetOptions.USAGE);
            return 0;
        }
        FleetOptions options;
        try {
            options = FleetOptions.of(arguments, environment);
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage() + " ./fleet --help lists the options.");
            return 2;
        }
        try (ServiceClient service = new ServiceClient(options)) {
            Verdict verdict = Verdict.of(options, new Fleet(options, service, out, progress).run());
            out.println(verdict);
            verdict.advice(options).ifPresent(out::println);
            return verdict.isGood() ? 0 : 1;
        } catch (ConnectException e) {
            err.println("Nothing answers at " + options.service()
                    + ". Start the service first (./run), or say where it is with PORT or --url.");
        } catch (IOException e) {
            err.println("The fleet could not run: " + e.getMessage());
        }
        return 1;
    }
}
