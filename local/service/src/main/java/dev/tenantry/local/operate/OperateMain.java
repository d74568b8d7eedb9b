package dev.tenantry.local.operate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.operate.OperatorFunction.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Carries out an operator's command; see [Order#USAGE].
public final class OperateMain {

    private OperateMain() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.getenv(), System.in, System.out, System.err));
    }

    /// Does what the arguments ask for.
    ///
    /// @param environment may say where the function is
    /// @param in          what somebody types who is asked
    /// @param out         takes the answer
    /// @param err         takes questions, and what went wrong
    /// @return the exit status: 0 if it was done, 1 if not, 2 if the arguments are none
    public static int run(
            List<String> arguments, Map<String, String> environment, InputStream in, PrintStream out, PrintStream err) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            out.print(Order.USAGE);
            return 0;
        }
        Order order;
        try {
            order = Order.of(arguments, environment);
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage() + " ./operate --help lists the commands.");
            return 2;
        }
        OperatorFunction function = order.function().isPresent()
                ? new DeployedFunction(order.function().get())
                : new LocalFunction(order.service());
        try {
            if (order.toConfirm().isPresent() && !isSure(order.toConfirm().get(), order, in, err)) {
                err.println("Nothing was done.");
                return 1;
            }
            return new Conversation(order, function, out, err).hold() ? 0 : 1;
        } catch (ConnectException e) {
            err.println("Nothing answers at " + order.service()
                    + ". Start the service first (./run), or say where it is with PORT, --url or --function.");
        } catch (IOException e) {
            err.println("The command could not be carried out: " + e.getMessage());
        }
        return 1;
    }

    private static boolean isSure(String name, Order order, InputStream in, PrintStream err) throws IOException {
        err.print("This can't be undone. Type " + name + " to " + order.command() + " it: ");
        err.flush();
        String typed = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
        return name.equals(typed);
    }

    /// A command and its answers: those that come in parts are asked for until they are whole.
    private record Conversation(Order order, OperatorFunction function, PrintStream out, PrintStream err) {

        /// @return whether it was done
        boolean hold() throws IOException {
            Optional<String> next = Optional.empty();
            boolean isFirst = true;
            do {
                Answer answer = function.invoke(order.event(next));
                JsonNode json = Json.parse(answer.json())
                        .orElseThrow(() -> new IOException("the answer is no JSON: " + answer.json()));
                if (answer.isError()) {
                    err.println(json.path("errorMessage").asText(answer.json()));
                    return false;
                }
                show(json, isFirst);
                isFirst = false;
                if (!json.path("otherErasures").isEmpty()) {
                    err.println(
                            "Another erasure of the same person has not come to its end (otherErasures). Give that command again, "
                                    + "then this one.");
                    return false;
                }
                if (!order.isDryRun()
                        && json.has("isComplete")
                        && !json.path("isComplete").booleanValue()) {
                    // There was more than one invocation has time for; the same command goes on.
                    err.println("There is more; going on ...");
                    continue;
                }
                if (json.path("next").isMissingNode() || json.path("next").isNull()) {
                    return json.path("notSettled").isEmpty()
                            && json.path("isComplete").asBoolean(true);
                }
                next = Optional.of(json.path("next").textValue());
            } while (true);
        }

        private void show(JsonNode json, boolean isFirst) {
            switch (order.command()) {
                case "list" -> list(json, isFirst);
                case "export" -> json.path("lines").forEach(out::println);
                default -> out.println(json.toPrettyString());
            }
        }

        private void list(JsonNode json, boolean isFirst) {
            String format = "%-40s %-10s %-24s %-24s %s%n";
            if (isFirst) {
                out.printf(format, "TENANT", "STATE", "CREATED", "PURGED FROM", "NAME");
            }
            json.path("tenants")
                    .forEach(tenant -> out.printf(
                            format,
                            tenant.path("domainPrefix").asText(),
                            tenant.path("state").asText(),
                            tenant.path("createdAt").asText(""),
                            tenant.path("purgedFrom").isNull()
                                    ? ""
                                    : tenant.path("purgedFrom").asText(),
                            tenant.path("name").asText("")));
        }
    }
}
