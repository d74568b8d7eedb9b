package dev.tenantry.local.fleet;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Lets a simulated fleet loose on a running local service; see [FleetOptions#USAGE].
public final class FleetMain {

    private FleetMain() {}

    public static void main(String[] arguments) {
        if (List.of(arguments).contains("--help")) {
            System.out.print(FleetOptions.USAGE);
            return;
        }
        FleetOptions options;
        try {
            options = FleetOptions.of(List.of(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n\n" + FleetOptions.USAGE);
            System.exit(2);
            return;
        }
        try (ServiceClient service = new ServiceClient(options)) {
            boolean watched = System.console() != null && System.console().isTerminal();
            List<Phase> phases = new Fleet(
                            options, service, System.out, watched ? Optional.of(System.err) : Optional.empty())
                    .run();
            Verdict verdict = Verdict.of(options, phases);
            System.out.println(verdict);
            System.exit(verdict.isGood() ? 0 : 1);
        } catch (IOException e) {
            System.err.println("The fleet did not get anywhere: is the service running at " + options.service() + "? ("
                    + e.getMessage() + ")");
            System.exit(1);
        }
    }
}
