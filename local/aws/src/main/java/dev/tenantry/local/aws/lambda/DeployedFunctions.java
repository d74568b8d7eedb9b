package dev.tenantry.local.aws.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.tenantry.local.aws.CannotStart;
import dev.tenantry.local.aws.template.FunctionDefinition;
import java.lang.reflect.InvocationTargetException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Every function of the template, with its handler constructed.
public final class DeployedFunctions implements AutoCloseable {

    private static final String METHOD = "::handleRequest";

    private final Map<String, DeployedFunction> byName;

    private DeployedFunctions(Map<String, DeployedFunction> byName) {
        this.byName = byName;
    }

    /// Constructs all handlers, each with what is read from its own environment.
    ///
    /// @param reader             how handlers take their environment
    /// @param runtimeEnvironment what the runtime adds to each function's variables, and nothing of this process's
    ///                           own
    /// @throws CannotStart naming every handler that is not there or can't be constructed
    public static DeployedFunctions deploy(
            List<FunctionDefinition> definitions,
            EnvironmentReader<?> reader,
            Map<String, String> runtimeEnvironment,
            Clock clock) {
        Map<String, DeployedFunction> byName = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (FunctionDefinition definition : definitions) {
            try {
                RequestStreamHandler handler =
                        construct(definition, reader, environment(definition, runtimeEnvironment));
                byName.put(definition.logicalId(), new DeployedFunction(definition, handler, clock));
            } catch (Unusable unusable) {
                problems.add("template.yaml: Resources." + definition.logicalId() + ".Properties.Handler: "
                        + definition.handler() + " " + unusable.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new CannotStart(problems);
        }
        return new DeployedFunctions(byName);
    }

    /// A function by its logical id.
    public Optional<DeployedFunction> find(String logicalId) {
        return Optional.ofNullable(byName.get(logicalId));
    }

    @Override
    public void close() {
        byName.values().forEach(DeployedFunction::close);
    }

    /// AWS Lambda Developer Guide, "Defined runtime environment variables".
    private static Map<String, String> environment(FunctionDefinition definition, Map<String, String> runtime) {
        Map<String, String> environment = new HashMap<>(definition.environment());
        environment.putAll(runtime);
        environment.put("AWS_LAMBDA_FUNCTION_NAME", definition.logicalId());
        environment.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
        environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(definition.memoryMib()));
        return environment;
    }

    private static <T> RequestStreamHandler construct(
            FunctionDefinition definition, EnvironmentReader<T> reader, Map<String, String> environment)
            throws Unusable {
        String handler = definition.handler();
        if (!handler.endsWith(METHOD)) {
            throw new Unusable("does not end with " + METHOD + ".");
        }
        try {
            return Class.forName(handler.substring(0, handler.length() - METHOD.length()))
                    .asSubclass(RequestStreamHandler.class)
                    .getConstructor(reader.type())
                    .newInstance(reader.read(environment));
        } catch (ClassNotFoundException absent) {
            throw new Unusable("is not on the class path.");
        } catch (ClassCastException another) {
            throw new Unusable("is not a RequestStreamHandler.");
        } catch (NoSuchMethodException | IllegalAccessException | InstantiationException hidden) {
            throw new Unusable(
                    "has no public constructor that takes " + reader.type().getSimpleName() + ".");
        } catch (InvocationTargetException failure) {
            throw new Unusable("can't be constructed: " + failure.getCause());
        } catch (IllegalStateException incomplete) {
            throw new Unusable("can't be constructed: " + incomplete.getMessage());
        }
    }

    private static final class Unusable extends Exception {

        private static final long serialVersionUID = 1L;

        Unusable(String problem) {
            super(problem);
        }
    }
}
