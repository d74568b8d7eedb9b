package dev.tenantry.tests.functions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.tests.project.Project;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What `.ci/trial/deploy.py` says of a stack that it has deployed.
///
/// @param endpoint where all services of the account answer
/// @param table    the stack's
record Deployment(URI endpoint, String table, List<Function> functions) {

    /// The system property that names the file. Where it is not set there is no deployment to try.
    static final String FILE = "tenantry.trial";

    /// One of its functions.
    ///
    /// @param logicalId   in the template
    /// @param name        in the account
    /// @param taskRoot    where its package is unzipped
    /// @param environment as the template has it, resolved
    /// @param statements  of its role's policies
    /// @param alarms      about metrics of its own
    record Function(
            String logicalId,
            String name,
            String region,
            String account,
            String handler,
            Path taskRoot,
            int memoryMib,
            Duration timeout,
            Map<String, String> environment,
            List<Statement> statements,
            List<Alarm> alarms) {

        String arn() {
            return "arn:aws:lambda:" + region + ":" + account + ":function:" + name + ":live";
        }

        /// Whether a statement of the role's policies allows that.
        boolean mayDo(String action, String resource) {
            return statements.stream()
                    .anyMatch(statement -> statement.actions().contains(action)
                            && statement.resources().stream().anyMatch(pattern -> covers(pattern, resource)));
        }

        private static boolean covers(String pattern, String resource) {
            String words = List.of(pattern.split("[*]", -1)).stream()
                    .map(Pattern::quote)
                    .collect(Collectors.joining(".*"));
            return resource.matches(words);
        }

        @Override
        public String toString() {
            return logicalId;
        }
    }

    /// What a policy allows.
    record Statement(List<String> actions, List<String> resources) {}

    /// A metric that an alarm watches.
    record Alarm(String name, String namespace, String metric, Map<String, String> dimensions) {}

    /// @param stack `dev` or `prod`
    static Deployment of(String stack) {
        JsonNode file =
                Json.parse(Project.read(Path.of(System.getProperty(FILE)))).orElseThrow();
        JsonNode deployed = file.path("stacks").path(stack);
        List<Function> functions = new ArrayList<>();
        for (JsonNode function : deployed.path("functions")) {
            functions.add(new Function(
                    function.path("logicalId").asText(),
                    function.path("name").asText(),
                    file.path("region").asText(),
                    file.path("account").asText(),
                    function.path("handler").asText(),
                    Path.of(function.path("taskRoot").asText()),
                    function.path("memoryMib").asInt(),
                    Duration.ofSeconds(function.path("timeoutSeconds").asLong()),
                    texts(function.path("environment")),
                    statements(function.path("statements")),
                    alarms(function.path("alarms"))));
        }
        return new Deployment(
                URI.create(file.path("endpoint").asText()),
                deployed.path("table").asText(),
                functions);
    }

    private static List<Statement> statements(JsonNode json) {
        List<Statement> statements = new ArrayList<>();
        json.forEach(it -> statements.add(new Statement(list(it.path("Action")), list(it.path("Resource")))));
        return statements;
    }

    private static List<Alarm> alarms(JsonNode json) {
        List<Alarm> alarms = new ArrayList<>();
        json.forEach(it -> alarms.add(new Alarm(
                it.path("name").asText(),
                it.path("namespace").asText(),
                it.path("metric").asText(),
                texts(it.path("dimensions")))));
        return alarms;
    }

    private static Map<String, String> texts(JsonNode json) {
        Map<String, String> texts = new HashMap<>();
        json.properties().forEach(it -> texts.put(it.getKey(), it.getValue().asText()));
        return texts;
    }

    /// One text is a list of one.
    private static List<String> list(JsonNode json) {
        List<String> texts = new ArrayList<>();
        if (json.isTextual()) {
            texts.add(json.asText());
        }
        json.forEach(it -> texts.add(it.asText()));
        return texts;
    }
}
