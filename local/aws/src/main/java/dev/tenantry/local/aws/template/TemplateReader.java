package dev.tenantry.local.aws.template;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds functions, routes, CORS, the authorizer and tables in a template
/// (AWS SAM Developer Guide, "AWS::Serverless::Function", "AWS::Serverless::HttpApi", "HttpApi" event source).
final class TemplateReader {

    /// Region and account that ARNs and `AWS::Region` show. Nothing local depends on them.
    private static final String REGION = "us-east-1";

    private static final String ACCOUNT = "000000000000";

    private static final Set<String> OTHER_EVENTS = Set.of("SQS", "ScheduleV2", "DynamoDB", "SNS");

    /// EventBridge Scheduler User Guide, "Rate-based schedules".
    private static final Pattern RATE = Pattern.compile("rate[(]([1-9][0-9]{0,5}) (minute|hour|day)s?[)]");

    private static final String AUTHORIZATION_HEADER = "$request.header.Authorization";

    private final Value root;
    private final Intrinsics intrinsics;
    private final Map<String, Tree> rawResources;

    TemplateReader(Tree template, Map<String, String> parameters) {
        this.rawResources = section(template, "Resources");
        this.intrinsics = new Intrinsics(
                parameters(template, parameters),
                section(template, "Conditions"),
                this::referenceTo,
                this::attributeOf);
        this.root = new Value(template, "", intrinsics);
    }

    Template read() {
        Map<String, Value> functions = resources("AWS::Serverless::Function");
        Map<String, Value> apis = resources("AWS::Serverless::HttpApi");
        if (apis.size() > 1) {
            throw root.problem("there are several HTTP APIs (" + String.join(", ", apis.keySet())
                    + "); the local gateway serves one.");
        }
        Optional<Value> api = apis.values().stream().findFirst().flatMap(it -> it.find("Properties"));
        Optional<JwtDefinition> jwt = api.flatMap(TemplateReader::jwt);
        List<FunctionDefinition> definitions = new ArrayList<>();
        List<RouteDefinition> routes = new ArrayList<>();
        functions.forEach((id, resource) -> {
            definitions.add(function(id, resource.get("Properties")));
            for (RouteDefinition route : routes(id, resource.get("Properties"), jwt.isPresent())) {
                routes.stream()
                        .map(RouteDefinition::routeKey)
                        .filter(other -> RouteKey.areOne(other, route.routeKey()))
                        .findFirst()
                        .ifPresent(other -> {
                            throw resource.problem("the route " + route.routeKey() + " is there twice"
                                    + (other.equals(route.routeKey()) ? "." : ", first as " + other + "."));
                        });
                routes.add(route);
            }
        });
        return new Template(
                definitions,
                routes,
                api.flatMap(it -> it.find("CorsConfiguration")).map(TemplateReader::cors),
                jwt,
                resources("AWS::DynamoDB::Table").entrySet().stream()
                        .map(table -> table(table.getKey(), table.getValue().get("Properties")))
                        .toList(),
                resources("AWS::SQS::Queue").entrySet().stream()
                        .map(queue -> queue(queue.getKey(), queue.getValue().find("Properties")))
                        .toList(),
                events(functions, "SQS", TemplateReader::queueSource),
                events(functions, "ScheduleV2", TemplateReader::schedule),
                events(functions, "DynamoDB", TemplateReader::streamSource),
                List.copyOf(resources("AWS::Events::EventBus").keySet()),
                events(functions, "SNS", this::topicSource),
                resources("AWS::SES::ConfigurationSetEventDestination").values().stream()
                        .map(destination -> mailDestination(destination.get("Properties")))
                        .toList());
    }

    private static <T> List<T> events(Map<String, Value> functions, String type, BiFunction<String, Value, T> reader) {
        List<T> found = new ArrayList<>();
        functions.forEach((id, resource) -> resource.get("Properties")
                .find("Events")
                .map(Value::entries)
                .orElse(Map.of())
                .values()
                .forEach(event -> {
                    if (event.get("Type").text().equals(type)) {
                        found.add(reader.apply(id, event.get("Properties")));
                    }
                }));
        return found;
    }

    /// Amazon SQS API Reference, "SetQueueAttributes": the defaults.
    private static QueueDefinition queue(String id, Optional<Value> properties) {
        return new QueueDefinition(
                id,
                seconds(properties, "VisibilityTimeout", 30),
                seconds(properties, "MessageRetentionPeriod", 345_600),
                properties
                        .flatMap(it -> it.find("RedrivePolicy"))
                        .map(redrive -> new QueueDefinition.Redrive(
                                named(redrive.get("deadLetterTargetArn")),
                                redrive.get("maxReceiveCount").number())));
    }

    /// AWS Lambda Developer Guide, "Configuring scalable event processing": the defaults.
    private static QueueSource queueSource(String functionId, Value event) {
        Optional<Value> properties = Optional.of(event);
        return new QueueSource(
                functionId,
                named(event.get("Queue")),
                event.find("BatchSize").map(Value::number).orElse(10),
                seconds(properties, "MaximumBatchingWindowInSeconds", 0),
                texts(event, "FunctionResponseTypes").contains("ReportBatchItemFailures"));
    }

    /// AWS Lambda Developer Guide, "Lambda parameters for Amazon DynamoDB event source mappings": the defaults.
    private static StreamSource streamSource(String functionId, Value event) {
        String stream = event.get("Stream").text();
        return new StreamSource(
                functionId,
                stream.replaceFirst("^.*:table/", "").replaceFirst("/stream/.*$", ""),
                event.find("BatchSize").map(Value::number).orElse(100),
                texts(event, "FunctionResponseTypes").contains("ReportBatchItemFailures"),
                event.find("BisectBatchOnFunctionError").map(Value::truth).orElse(false),
                event.find("MaximumRetryAttempts").map(Value::number).orElse(-1),
                event.find("FilterCriteria").map(it -> it.get("Filters").items()).orElse(List.of()).stream()
                        .map(filter -> filter.get("Pattern").text())
                        .toList(),
                event.find("DestinationConfig")
                        .flatMap(it -> it.find("OnFailure"))
                        .map(it -> named(it.get("Destination"))));
    }

    /// AWS Lambda Developer Guide, "How Lambda handles errors and retries with asynchronous invocation": the
    /// defaults.
    private TopicSource topicSource(String functionId, Value event) {
        Optional<Value> config =
                root.get("Resources").get(functionId).get("Properties").find("EventInvokeConfig");
        return new TopicSource(
                functionId,
                named(event.get("Topic")),
                config.flatMap(it -> it.find("MaximumRetryAttempts"))
                        .map(Value::number)
                        .orElse(2),
                config.flatMap(it -> it.find("DestinationConfig"))
                        .flatMap(it -> it.find("OnFailure"))
                        .map(it -> named(it.get("Destination"))));
    }

    private static MailDestination mailDestination(Value properties) {
        Value destination = properties.get("EventDestination");
        return new MailDestination(
                properties.get("ConfigurationSetName").text(),
                destination.get("Enabled").truth() ? texts(destination, "MatchingEventTypes") : List.of(),
                named(destination.get("SnsDestination").get("TopicARN")));
    }

    private static ScheduleDefinition schedule(String functionId, Value event) {
        Value expression = event.get("ScheduleExpression");
        Matcher rate = RATE.matcher(expression.text());
        if (!rate.matches()) {
            throw expression.problem("only rates are served locally, such as rate(5 minutes).");
        }
        long number = Long.parseLong(rate.group(1));
        return new ScheduleDefinition(
                functionId,
                switch (rate.group(2)) {
                    case "minute" -> Duration.ofMinutes(number);
                    case "hour" -> Duration.ofHours(number);
                    default -> Duration.ofDays(number);
                },
                event.find("Input").map(Value::text).orElse("{}"));
    }

    private static Duration seconds(Optional<Value> properties, String name, int otherwise) {
        return Duration.ofSeconds(
                properties.flatMap(it -> it.find(name)).map(Value::number).orElse(otherwise));
    }

    /// The resource that an ARN of this template names.
    private static String named(Value arn) {
        return arn.text().substring(arn.text().lastIndexOf(':') + 1);
    }

    private Map<String, Value> resources(String type) {
        Map<String, Value> found = new LinkedHashMap<>();
        root.get("Resources").entries().forEach((id, resource) -> {
            boolean wanted = resource.find("Condition")
                    .map(condition -> intrinsics.condition(condition.text(), "Resources." + id + ".Condition"))
                    .orElse(true);
            if (wanted && resource.get("Type").text().equals(type)) {
                found.put(id, resource);
            }
        });
        return found;
    }

    private FunctionDefinition function(String id, Value properties) {
        Optional<Value> globals = root.find("Globals").flatMap(it -> it.find("Function"));
        Map<String, String> environment = new HashMap<>();
        // The function's own variables come last: they win over the globals'.
        Stream.concat(globals.stream(), Stream.of(properties))
                .flatMap(level -> level.find("Environment").stream())
                .flatMap(level -> level.find("Variables").stream())
                .forEach(
                        variables -> variables.entries().forEach((name, value) -> environment.put(name, value.text())));
        return new FunctionDefinition(
                id,
                own("Handler", properties, globals)
                        .orElseThrow(() -> properties.problem("Handler is missing."))
                        .text(),
                // The defaults of AWS::Serverless::Function.
                Duration.ofSeconds(
                        own("Timeout", properties, globals).map(Value::number).orElse(3)),
                own("MemorySize", properties, globals).map(Value::number).orElse(128),
                own("AutoPublishAlias", properties, globals).map(Value::text),
                environment);
    }

    private static Optional<Value> own(String property, Value properties, Optional<Value> globals) {
        return properties.find(property).or(() -> globals.flatMap(it -> it.find(property)));
    }

    private static List<RouteDefinition> routes(String functionId, Value properties, boolean guardedByDefault) {
        List<RouteDefinition> routes = new ArrayList<>();
        for (Value event :
                properties.find("Events").map(Value::entries).orElse(Map.of()).values()) {
            String type = event.get("Type").text();
            if (OTHER_EVENTS.contains(type)) {
                continue;
            }
            if (!type.equals("HttpApi")) {
                throw event.problem("events of type " + type + " are not served locally.");
            }
            Optional<Value> details = event.find("Properties");
            routes.add(new RouteDefinition(
                    details.map(TemplateReader::routeKey).orElse("$default"),
                    functionId,
                    details.flatMap(it -> it.find("Auth"))
                            .map(auth -> guarded(auth, guardedByDefault))
                            .orElse(guardedByDefault)));
        }
        return routes;
    }

    private static String routeKey(Value event) {
        Optional<Value> path = event.find("Path");
        Optional<Value> method = event.find("Method");
        if (path.isPresent() != method.isPresent()) {
            throw event.problem("Path and Method belong together; leave both out for $default.");
        }
        return path.map(it -> RouteKey.of(method.orElseThrow(), it)).orElse("$default");
    }

    private static boolean guarded(Value auth, boolean guardedByDefault) {
        auth.find("AuthorizationScopes").ifPresent(scopes -> {
            throw scopes.problem("scopes are not checked locally.");
        });
        Optional<Value> authorizer = auth.find("Authorizer");
        if (authorizer.isEmpty()) {
            return guardedByDefault;
        }
        if (authorizer.get().text().equals("NONE")) {
            return false;
        }
        throw authorizer.get().problem("only NONE is served locally; leave it out for the API's default authorizer.");
    }

    private static Optional<JwtDefinition> jwt(Value api) {
        Optional<Value> auth = api.find("Auth");
        Optional<Value> name = auth.flatMap(it -> it.find("DefaultAuthorizer"));
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Value authorizer = auth.orElseThrow().get("Authorizers").get(name.get().text());
        Value source = authorizer.get("IdentitySource");
        if (!source.text().equals(AUTHORIZATION_HEADER)) {
            throw source.problem("only " + AUTHORIZATION_HEADER + " is served locally.");
        }
        Value configuration = authorizer.get("JwtConfiguration");
        return Optional.of(new JwtDefinition(
                configuration.get("issuer").text(),
                configuration.get("audience").texts()));
    }

    private static CorsDefinition cors(Value cors) {
        return new CorsDefinition(
                texts(cors, "AllowOrigins"),
                texts(cors, "AllowMethods"),
                texts(cors, "AllowHeaders"),
                texts(cors, "ExposeHeaders"),
                cors.find("MaxAge").map(Value::number).map(Duration::ofSeconds),
                cors.find("AllowCredentials").map(Value::truth).orElse(false));
    }

    private static TableDefinition table(String logicalId, Value table) {
        Map<String, String> types = new LinkedHashMap<>();
        for (Value attribute : table.get("AttributeDefinitions").items()) {
            types.put(
                    attribute.get("AttributeName").text(),
                    attribute.get("AttributeType").text());
        }
        return new TableDefinition(
                table.find("TableName").map(Value::text).orElse(logicalId),
                types,
                keys(table),
                Stream.concat(
                                indexes(table, "GlobalSecondaryIndexes", true),
                                indexes(table, "LocalSecondaryIndexes", false))
                        .toList(),
                table.find("TimeToLiveSpecification")
                        .filter(it -> it.get("Enabled").truth())
                        .map(it -> it.get("AttributeName").text()),
                table.find("StreamSpecification")
                        .map(it -> it.get("StreamViewType").text()));
    }

    private static Stream<TableDefinition.Index> indexes(Value table, String property, boolean global) {
        return table.find(property).map(Value::items).orElse(List.of()).stream()
                .map(index -> new TableDefinition.Index(
                        index.get("IndexName").text(),
                        global,
                        keys(index),
                        index.get("Projection").get("ProjectionType").text(),
                        texts(index.get("Projection"), "NonKeyAttributes")));
    }

    private static List<TableDefinition.Key> keys(Value tableOrIndex) {
        return tableOrIndex.get("KeySchema").items().stream()
                .map(key -> new TableDefinition.Key(
                        key.get("AttributeName").text(), key.get("KeyType").text()))
                .toList();
    }

    private static List<String> texts(Value value, String key) {
        return value.find(key).map(Value::texts).orElse(List.of());
    }

    private static Map<String, Tree> section(Tree template, String name) {
        return template instanceof Tree.Fields fields && fields.values().get(name) instanceof Tree.Fields section
                ? section.values()
                : Map.of();
    }

    private static Map<String, Tree> parameters(Tree template, Map<String, String> given) {
        Map<String, Tree> declared = section(template, "Parameters");
        for (String name : given.keySet()) {
            if (!declared.containsKey(name)) {
                throw new TemplateProblem(
                        "Parameters", "the local service sets " + name + ", but the template does not declare it.");
            }
        }
        Map<String, Tree> values = new HashMap<>(Map.of(
                "AWS::Region", new Tree.Text(REGION),
                "AWS::AccountId", new Tree.Text(ACCOUNT),
                "AWS::Partition", new Tree.Text("aws"),
                "AWS::URLSuffix", new Tree.Text("amazonaws.com"),
                "AWS::StackName", new Tree.Text("tenantry-local")));
        declared.forEach((name, declaration) -> values.put(name, parameter(name, declaration, given.get(name))));
        return values;
    }

    private static Tree parameter(String name, Tree declaration, @Nullable String given) {
        String place = "Parameters." + name;
        if (!(declaration instanceof Tree.Fields fields)) {
            throw new TemplateProblem(place, "a mapping is expected.");
        }
        String value;
        if (given != null) {
            value = given;
        } else if (fields.values().get("Default") instanceof Tree.Text(String text)) {
            value = text;
        } else {
            throw new TemplateProblem(place, "it has no default, and the local service has no value for it.");
        }
        boolean list = fields.values().get("Type") instanceof Tree.Text(String type)
                && (type.equals("CommaDelimitedList") || type.startsWith("List<"));
        if (!list) {
            return new Tree.Text(value);
        }
        return new Tree.Items(Stream.of(value.split(",", -1))
                .map(String::strip)
                .<Tree>map(Tree.Text::new)
                .toList());
    }

    private String referenceTo(String logicalId) {
        if (!rawResources.containsKey(logicalId)) {
            return "";
        }
        return typeOf(logicalId).equals("AWS::DynamoDB::Table") ? tableName(logicalId) : logicalId;
    }

    private String attributeOf(String name) {
        int dot = name.indexOf('.');
        String logicalId = dot < 0 ? name : name.substring(0, dot);
        if (!rawResources.containsKey(logicalId)) {
            return "";
        }
        if (name.endsWith(".StreamArn") && typeOf(logicalId).equals("AWS::DynamoDB::Table")) {
            return arn("dynamodb", "table/" + tableName(logicalId) + "/stream/local");
        }
        if (!name.endsWith(".Arn")) {
            return "";
        }
        return switch (typeOf(logicalId)) {
            case "AWS::DynamoDB::Table" -> arn("dynamodb", "table/" + tableName(logicalId));
            case "AWS::Serverless::Function" -> arn("lambda", "function:" + logicalId);
            case "AWS::SQS::Queue" -> arn("sqs", logicalId);
            case "AWS::Events::EventBus" -> arn("events", "event-bus/" + logicalId);
            default -> "";
        };
    }

    private static String arn(String service, String resource) {
        return "arn:aws:" + service + ":" + REGION + ":" + ACCOUNT + ":" + resource;
    }

    private String typeOf(String logicalId) {
        return root.get("Resources").get(logicalId).get("Type").text();
    }

    private String tableName(String logicalId) {
        return root.get("Resources")
                .get(logicalId)
                .get("Properties")
                .find("TableName")
                .map(Value::text)
                .orElse(logicalId);
    }
}
