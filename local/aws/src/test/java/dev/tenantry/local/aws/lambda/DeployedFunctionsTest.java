package dev.tenantry.local.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.tenantry.local.aws.CannotStart;
import dev.tenantry.local.aws.template.FunctionDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// How handlers are found and constructed.
class DeployedFunctionsTest {

    private static final EnvironmentReader<Variables> READER = new EnvironmentReader<>(Variables.class, Variables::of);

    record Variables(Map<String, String> byName) {

        static Variables of(Map<String, String> byName) {
            if (byName.containsKey("BROKEN")) {
                throw new IllegalStateException("BROKEN is set.");
            }
            return new Variables(byName);
        }
    }

    /// Answers with its variables.
    public static class Handler implements RequestStreamHandler {

        private final Variables variables;

        public Handler(Variables variables) {
            this.variables = variables;
        }

        @Override
        public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
            output.write(new TreeMap<>(variables.byName()).toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    public static final class HandlerWithoutVariables extends Handler {

        public HandlerWithoutVariables() {
            super(new Variables(Map.of()));
        }
    }

    public static final class HandlerThatFails extends Handler {

        public HandlerThatFails(Variables variables) {
            super(variables);
            throw new IllegalArgumentException("no " + variables.byName().get("NAME"));
        }
    }

    @Test
    void givesEachHandlerTheVariablesOfItsOwnFunction() {
        try (DeployedFunctions functions = deploy(
                function("One", Handler.class, Map.of("NAME", "1")),
                function("Two", Handler.class, Map.of("NAME", "2", "AWS_REGION", "nowhere")))) {
            assertThat(answer(functions, "One"))
                    .isEqualTo("{AWS_LAMBDA_FUNCTION_MEMORY_SIZE=512, AWS_LAMBDA_FUNCTION_NAME=One,"
                            + " AWS_LAMBDA_FUNCTION_VERSION=$LATEST, AWS_REGION=us-east-1, NAME=1}");
            assertThat(answer(functions, "Two"))
                    .contains("AWS_LAMBDA_FUNCTION_NAME=Two", "AWS_REGION=us-east-1", "NAME=2");
            assertThat(functions.find("Three")).isEmpty();
        }
    }

    @Test
    void namesEveryHandlerThatCannotBeMade() {
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> deploy(
                        function("Fine", Handler.class, Map.of()),
                        function("Absent", "dev.tenantry.Absent::handleRequest", Map.of()),
                        function("Another", "java.lang.String::handleRequest", Map.of()),
                        function("Method", Handler.class.getName() + "::handle", Map.of()),
                        function("Constructor", HandlerWithoutVariables.class, Map.of()),
                        function("Failing", HandlerThatFails.class, Map.of("NAME", "luck")),
                        function("Broken", Handler.class, Map.of("BROKEN", "1"))))
                .satisfies(reasons -> assertThat(reasons.lines())
                        .extracting(line -> line.replaceFirst(
                                "template.yaml: Resources[.]([A-Za-z]+)[.]Properties[.]Handler: [^ ]+ ", "$1 "))
                        .containsExactly(
                                "Absent is not on the class path.",
                                "Another is not a RequestStreamHandler.",
                                "Method does not end with ::handleRequest.",
                                "Constructor has no public constructor that takes Variables.",
                                "Failing can't be constructed: java.lang.IllegalArgumentException: no luck",
                                "Broken can't be constructed: BROKEN is set."));
    }

    private static DeployedFunctions deploy(FunctionDefinition... definitions) {
        return DeployedFunctions.deploy(
                List.of(definitions), READER, Map.of("AWS_REGION", "us-east-1"), Clock.systemUTC());
    }

    private static FunctionDefinition function(String name, Class<?> handler, Map<String, String> variables) {
        return function(name, handler.getName() + "::handleRequest", variables);
    }

    private static FunctionDefinition function(String name, String handler, Map<String, String> variables) {
        return new FunctionDefinition(name, handler, Duration.ofSeconds(2), 512, Optional.empty(), variables);
    }

    private static String answer(DeployedFunctions functions, String name) {
        return functions.find(name).orElseThrow().invoke("{}") instanceof Invocation.Returned(String answer)
                ? answer
                : "failed";
    }
}
