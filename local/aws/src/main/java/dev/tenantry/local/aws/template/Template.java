package dev.tenantry.local.aws.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The parts of `template.yaml` that decide how the service behaves, resolved for this machine.
///
/// @param functions every function
/// @param routes    every route of the HTTP API
/// @param cors      the API's CORS settings, empty if it has none
/// @param jwt       the API's default authorizer, empty if it has none
/// @param tables    every DynamoDB table
/// @param queues    every SQS queue
/// @param sources   which functions are fed from which queues
/// @param schedules which functions are invoked by the clock
/// @param streams   which functions follow which tables
/// @param buses     logical ids of the event buses
/// @param topics    which functions are invoked by which topics
/// @param mail      which topics are told of what becomes of mails
public record Template(
        List<FunctionDefinition> functions,
        List<RouteDefinition> routes,
        Optional<CorsDefinition> cors,
        Optional<JwtDefinition> jwt,
        List<TableDefinition> tables,
        List<QueueDefinition> queues,
        List<QueueSource> sources,
        List<ScheduleDefinition> schedules,
        List<StreamSource> streams,
        List<String> buses,
        List<TopicSource> topics,
        List<MailDestination> mail) {

    public Template {
        functions = List.copyOf(functions);
        routes = List.copyOf(routes);
        tables = List.copyOf(tables);
        queues = List.copyOf(queues);
        sources = List.copyOf(sources);
        schedules = List.copyOf(schedules);
        streams = List.copyOf(streams);
        buses = List.copyOf(buses);
        topics = List.copyOf(topics);
        mail = List.copyOf(mail);
    }

    /// Reads a template.
    ///
    /// @param parameters values for the template's parameters; the others take their defaults. They are not held
    ///                   against `AllowedPattern`, which speaks of deployments: a local issuer is no https URL.
    /// @throws TemplateProblem if something in it can't be resolved or served locally
    public static Template read(Path file, Map<String, String> parameters) {
        try {
            return parse(Files.readString(file), parameters);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Cannot read " + file, unreadable);
        }
    }

    /// Reads a template from its text; see [#read].
    public static Template parse(String yaml, Map<String, String> parameters) {
        return new TemplateReader(YamlTree.parse(yaml), parameters).read();
    }
}
