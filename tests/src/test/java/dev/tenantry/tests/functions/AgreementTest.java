package dev.tenantry.tests.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.tenantry.billing.Payments;
import dev.tenantry.events.EventFunction;
import dev.tenantry.http.ApiFunction;
import dev.tenantry.http.FallbackFunction;
import dev.tenantry.http.HttpFunction;
import dev.tenantry.http.WebhookFunction;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.template.FunctionDefinition;
import dev.tenantry.local.aws.template.MailDestination;
import dev.tenantry.local.aws.template.QueueDefinition;
import dev.tenantry.local.aws.template.RouteDefinition;
import dev.tenantry.local.aws.template.ScheduleDefinition;
import dev.tenantry.local.aws.template.Template;
import dev.tenantry.local.aws.template.TopicSource;
import dev.tenantry.operator.PurgeTenant;
import dev.tenantry.runtime.FunctionLog;
import dev.tenantry.runtime.LambdaFunction;
import dev.tenantry.storage.Backoff;
import dev.tenantry.storage.Deadline;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tests.openapi.OpenApi;
import dev.tenantry.tests.openapi.Operation;
import dev.tenantry.tests.project.Project;
import dev.tenantry.wiring.CoreModule;
import dev.tenantry.wiring.MailModule;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `template.yaml`, `openapi.yaml` and the route tables say the same, whichever one asks.
class AgreementTest {

    private static final Template TEMPLATE = Project.template();
    private static final OpenApi API = OpenApi.load();

    /// The last call to the table that a request may start, and a moment for all the rest.
    private static final Duration LONGEST_STORAGE =
            HttpFunction.TIME_FOR_STORAGE.plus(CoreModule.LONGEST_CALL).plusSeconds(1);

    /// Besides, a mail.
    private static final Duration LONGEST_REQUEST = LONGEST_STORAGE.plus(MailModule.TIMEOUT);

    /// Besides, the hashes of passwords. Who hashes sends no mail.
    private static final Duration LONGEST_WITH_HASHES = LONGEST_STORAGE.plus(Deadline.TIME_OUTSIDE);

    /// Amazon API Gateway Developer Guide, "Quotas for configuring and running an HTTP API": integration timeout.
    private static final Duration GATEWAY_LIMIT = Duration.ofSeconds(30);

    @Test
    void leavesALastAttemptTimeForItsCallsToTheTable() {
        assertThat(Backoff.LIMIT).isLessThan(HttpFunction.TIME_FOR_STORAGE);
    }

    @Test
    void describesEveryRouteOfTheTables() {
        Map<String, String> described = new TreeMap<>();
        API.operations().forEach(operation -> described.put(operation.route(), operation.requiredRole()));
        Map<String, String> served = new TreeMap<>();
        for (ApiFunction function : apiFunctions().values()) {
            for (String key : function.routes().keys()) {
                String role = function.routes().role(key).map(Role::text).orElse("signed-in");
                assertThat(served.put(key, role))
                        .as(key + " is in one table only")
                        .isNull();
            }
        }
        webhooks()
                .values()
                .forEach(function ->
                        assertThat(served.put(function.routeKey(), "stripe")).isNull());
        assertThat(served).isEqualTo(described);
    }

    @Test
    void leadsEveryRouteToTheFunctionThatServesIt() {
        apiFunctions()
                .forEach((logicalId, function) -> assertThat(routesTo(logicalId))
                        .as(logicalId)
                        .isEqualTo(new TreeSet<>(function.routes().keys())));
        webhooks()
                .forEach((logicalId, function) ->
                        assertThat(routesTo(logicalId)).as(logicalId).containsExactly(function.routeKey()));
    }

    @Test
    void guardsEveryRouteButPreflightAndWhatIsSigned() {
        Set<String> signed = new HashSet<>();
        webhooks().values().forEach(function -> signed.add(function.routeKey()));
        assertThat(signed).containsExactly("POST /stripe/webhook");
        assertThat(TEMPLATE.routes().stream()
                        .filter(route -> !route.authorized())
                        .map(RouteDefinition::routeKey)
                        .filter(key -> !signed.contains(key)))
                // Who misspells the webhook's address has no token, and learns that.
                .containsExactlyInAnyOrder("OPTIONS /{proxy+}", "POST /stripe/{proxy+}");
        assertThat(TEMPLATE.jwt()).isPresent();
    }

    @Test
    void throttlesWhatAnyoneCanCallByItself() {
        for (String route : List.of("POST /stripe/webhook", "POST /stripe/{proxy+}")) {
            JsonNode settings = resource("Api").path("RouteSettings").path(route);
            assertThat(settings.path("ThrottlingRateLimit").asText()).isEqualTo("WebhookThrottleRate");
            assertThat(settings.path("ThrottlingBurstLimit").asText()).isEqualTo("WebhookThrottleBurst");
        }
    }

    @Test
    void leadsTheRestToTheFallback() {
        Map<String, FallbackFunction> fallbacks = functions(FallbackFunction.class);
        assertThat(fallbacks).hasSize(1);
        assertThat(routesTo(fallbacks.keySet().iterator().next()))
                .containsExactlyInAnyOrder("$default", "OPTIONS /{proxy+}", "POST /stripe/{proxy+}");
        assertThat(apiFunctions().size()
                        + webhooks().size()
                        + fallbacks.size()
                        + eventFunctions().size())
                .isEqualTo(TEMPLATE.functions().size());
    }

    @Test
    void leadsNoRouteToAFunctionWithoutHttp() {
        eventFunctions()
                .keySet()
                .forEach(logicalId -> assertThat(routesTo(logicalId)).isEmpty());
    }

    @Test
    void knowsTheMethodsOfEveryPath() {
        Map<String, Set<String>> described = new HashMap<>();
        for (Operation operation : API.operations()) {
            described.computeIfAbsent(operation.path(), _ -> new HashSet<>()).add(operation.method());
        }
        Map<String, Set<String>> known = new HashMap<>();
        functions(FallbackFunction.class)
                .values()
                .forEach(function ->
                        function.methodsByPath().forEach((path, methods) -> known.put(path, new HashSet<>(methods))));
        assertThat(known).isEqualTo(described);
    }

    @Test
    void letsBrowsersUseEveryMethodAndHeaderThatIsDescribed() {
        // Where there are origins at all.
        JsonNode cors = resource("Api").at("/CorsConfiguration/1");
        Set<String> methods = new HashSet<>();
        API.operations().forEach(operation -> methods.add(operation.method()));
        assertThat(texts(cors.path("AllowMethods"))).containsExactlyInAnyOrderElementsOf(methods);
        assertThat(texts(cors.path("AllowHeaders")))
                .contains("authorization", "content-type", "idempotency-key", "if-match");
        assertThat(texts(cors.path("ExposeHeaders")))
                .contains(
                        "etag",
                        "link",
                        "location",
                        "retry-after",
                        "x-request-id",
                        "idempotent-replayed",
                        "x-caller-address",
                        "x-looked-through");
    }

    /// AWS Lambda Developer Guide, "Using Lambda with Amazon SQS" and "Implementing partial batch responses".
    @Test
    void losesNothingBetweenQueueAndFunction() {
        assertThat(TEMPLATE.sources()).isNotEmpty().allSatisfy(source -> {
            QueueDefinition queue = TEMPLATE.queues().stream()
                    .filter(it -> it.logicalId().equals(source.queue()))
                    .findFirst()
                    .orElseThrow();
            assertThat(queue.visibilityTimeout())
                    .isGreaterThanOrEqualTo(
                            timeout(source.functionId()).multipliedBy(6).plus(source.batchingWindow()));
            assertThat(source.partialFailures()).isTrue();
            QueueDefinition.Redrive redrive = queue.redrive().orElseThrow();
            assertThat(redrive.maxReceiveCount()).isEqualTo(5);
            assertThat(TEMPLATE.queues())
                    .filteredOn(it -> it.logicalId().equals(redrive.queue()))
                    .singleElement()
                    .satisfies(dead -> assertThat(dead.retention()).isEqualTo(Duration.ofDays(14)));
            // A message's age counts from when it was sent: in the dead-letter queue it has what is left.
            assertThat(queue.retention()).isLessThan(Duration.ofDays(5));
            assertEncrypted(source.queue());
            assertEncrypted(redrive.queue());
        });
    }

    /// AWS Lambda Developer Guide, "Lambda parameters for Amazon DynamoDB event source mappings".
    @Test
    void losesNothingBetweenStreamAndFunction() {
        assertThat(TEMPLATE.tables().getFirst().streamView()).contains("NEW_IMAGE");
        assertThat(TEMPLATE.streams()).singleElement().satisfies(source -> {
            assertThat(source.functionId()).isEqualTo("ChangeEventsFunction");
            assertThat(source.table()).isEqualTo(TEMPLATE.tables().getFirst().name());
            assertThat(source.partialFailures()).isTrue();
            assertThat(source.bisect()).isTrue();
            assertThat(source.retries()).isBetween(5, 100);
            QueueDefinition failures = TEMPLATE.queues().stream()
                    .filter(queue -> queue.logicalId().equals(source.failures().orElseThrow()))
                    .findFirst()
                    .orElseThrow();
            assertThat(failures.retention()).isEqualTo(Duration.ofDays(14));
            assertEncrypted(failures.logicalId());
            JsonNode mapping = resource(source.functionId()).at("/Events/Changes/Properties");
            // What is older than the mapping is told as well.
            assertThat(mapping.path("StartingPosition").asText()).isEqualTo("TRIM_HORIZON");
            // The stream keeps records for a day: who is told of one that was given up still finds it there.
            assertThat(Duration.ofSeconds(
                            mapping.path("MaximumRecordAgeInSeconds").asLong()))
                    .isBetween(Duration.ofHours(1), Duration.ofHours(12));
        });
    }

    /// By the operator's key, or by SQS's.
    private static void assertEncrypted(String queue) {
        assertThat(Json.text(resource(queue).path("SqsManagedSseEnabled")))
                .isEqualTo("[\"HasKey\",\"AWS::NoValue\",true]");
        assertThat(Json.text(resource(queue).path("KmsMasterKeyId")))
                .isEqualTo("[\"HasKey\",\"KmsKeyArn\",\"AWS::NoValue\"]");
    }

    /// From a mail that is sent to the invite that it was about.
    @Test
    void losesNoMailThatCameBack() {
        assertThat(TEMPLATE.mail())
                .containsExactly(new MailDestination(
                        "MailConfiguration", List.of("bounce", "complaint", "reject"), "MailEvents"));
        assertThat(TEMPLATE.topics())
                .containsExactly(
                        new TopicSource("MailEventsFunction", "MailEvents", 2, Optional.of("MailEventFailures")));
        assertThat(Project.bareTemplate().mail()).isEmpty();
        List<String> sending = TEMPLATE.functions().stream()
                .filter(function -> function.environment().containsKey("MAIL_SENDER"))
                .map(function -> {
                    assertThat(function.environment()).containsEntry("MAIL_CONFIGURATION_SET", "MailConfiguration");
                    return function.logicalId();
                })
                .toList();
        assertThat(sending).containsExactlyInAnyOrder("InvitesFunction", "OperatorFunction");
        // It has addresses.
        assertEncrypted("MailEventFailures");
        assertThat(Duration.ofSeconds(resource("MailEventFailures")
                        .path("MessageRetentionPeriod")
                        .asLong()))
                .isEqualTo(Duration.ofDays(4));
        assertThat(alarms())
                .anySatisfy(alarm ->
                        assertThat(alarm.at("/Dimensions/0/Value").asText()).isEqualTo("MailEventFailures.QueueName"));
    }

    /// Only new audit rows invoke the function, and each change does so by one of its two rows.
    @Test
    void tellsTheStreamsFunctionOfNothingElseThanChanges() {
        assertThat(TEMPLATE.streams().getFirst().filters())
                .containsExactly(
                        "{\"eventName\":[\"INSERT\"],\"dynamodb\":{\"Keys\":{\"SK\":{\"S\":[{\"prefix\":\"AUDIT#\"}]}}}}");
    }

    @Test
    void ringsWhereChangesAreNotTold() {
        assertThat(alarms("ChangeEventFailures.QueueName"))
                .containsExactly("AWS/SQS ApproximateNumberOfMessagesVisible");
        assertThat(alarms("ChangeEventsFunction"))
                .containsExactlyInAnyOrder("AWS/Lambda IteratorAge", "AWS/Lambda Errors", "AWS/Lambda Throttles");
    }

    @Test
    void hasABusOfItsOwnInEachStack() {
        assertThat(resource("EventBus").path("Name").asText()).startsWith("${AWS::StackName}");
        assertThat(variables("ChangeEventsFunction").path("EVENT_BUS_NAME").asText())
                .isEqualTo("EventBus");
        JsonNode outputs = template().path("Outputs");
        assertThat(outputs.at("/EventBusName/Value").asText()).isEqualTo("EventBus");
        assertThat(outputs.at("/EventBusArn/Value").asText()).isEqualTo("EventBus.Arn");
        assertThat(Json.text(outputs.at("/TableStreamArn/Value"))).contains("\"Table.StreamArn\"");
    }

    @Test
    void endsARunBeforeTheNextBegins() {
        assertThat(TEMPLATE.schedules())
                .extracting(ScheduleDefinition::functionId, ScheduleDefinition::rate)
                .containsExactlyInAnyOrder(
                        tuple("MetricsAggregationFunction", Duration.ofMinutes(5)),
                        tuple("OperatorFunction", Duration.ofHours(1)));
        assertThat(TEMPLATE.schedules())
                .allSatisfy(
                        schedule -> assertThat(timeout(schedule.functionId())).isLessThan(schedule.rate()));
    }

    /// What came in before a tenant was deleted is written by the time that it can be purged. The aggregation and
    /// the operator's own function see to it by themselves.
    @Test
    void purgesNothingThatIsStillBeingWritten() {
        assertThat(TEMPLATE.functions())
                .filteredOn(function -> !Set.of("MetricsAggregationFunction", "OperatorFunction")
                        .contains(function.logicalId()))
                .allSatisfy(function ->
                        assertThat(function.timeout()).as(function.logicalId()).isLessThanOrEqualTo(PurgeTenant.QUIET));
    }

    @Test
    void limitsRequestsToLessThanTheirFunctionsTime() {
        Set<String> withoutHttp = eventFunctions().keySet();
        assertThat(TEMPLATE.functions())
                .filteredOn(function -> !withoutHttp.contains(function.logicalId()))
                .allSatisfy(function -> assertThat(function.timeout())
                        .as(function.logicalId())
                        .isBetween(LONGEST_REQUEST, GATEWAY_LIMIT));
        assertThat(List.of("ProfilesFunction", "ChargersFunction"))
                .allSatisfy(logicalId -> assertThat(timeout(logicalId)).isGreaterThanOrEqualTo(LONGEST_WITH_HASHES));
        // They wait for Stripe besides.
        webhooks()
                .keySet()
                .forEach(logicalId -> assertThat(timeout(logicalId))
                        .isGreaterThanOrEqualTo(LONGEST_REQUEST.plus(Payments.TIME_LIMIT)));
        // Whoever waits for a function without HTTP, too.
        assertThat(eventFunctions())
                .hasEntrySatisfying(
                        "ChargerConnectFunction",
                        function -> assertThat(function.timeForStorage()).isPresent());
        eventFunctions()
                .forEach((logicalId, function) -> function.timeForStorage()
                        .ifPresent(time -> assertThat(timeout(logicalId))
                                .as(logicalId)
                                .isGreaterThanOrEqualTo(time.plus(Deadline.TIME_OUTSIDE)
                                        .plus(CoreModule.LONGEST_CALL)
                                        .plusSeconds(1))));
    }

    /// Reserved instances are a share of their own, of which Lambda takes 0 for none at all.
    @Test
    void boundsTheInstancesThatAFloodCanTake() {
        JsonNode bound = resource("ChargerConnectFunction").path("ReservedConcurrentExecutions");
        assertThat(Json.text(bound)).contains("BoundsChargerConnect", "ChargerConnectConcurrency", "AWS::NoValue");
        // A queue takes whatever is sent to it; the API is throttled before its functions.
        JsonNode reports = resource("UsageIngestFunction").at("/Events/Reports/Properties");
        assertThat(reports.at("/ScalingConfig/MaximumConcurrency").asText()).isEqualTo("UsageIngestConcurrency");
        assertThat(resource("Api")
                        .at("/DefaultRouteSettings/ThrottlingRateLimit")
                        .asText())
                .isEqualTo("ThrottleRate");
    }

    /// A malformed event is a function error as well, but the sender's and none of the operator's.
    @Test
    void ringsWhereTheBrokerGetsNoAnswer() {
        assertThat(alarms("ChargerConnectFunction"))
                .containsExactlyInAnyOrder("Tenantry faults", "Tenantry credentialsRefused", "AWS/Lambda Throttles");
    }

    /// What ends without a line in the log (time out, memory out, a crash) is told by Lambda there.
    @Test
    void ringsWhereAFunctionEndsWithoutAWord() {
        String crashes = resource("CrashesAlarm").path("MetricName").asText();
        assertThat(TEMPLATE.functions())
                .extracting(function -> resource(function.logicalId())
                        .at("/LoggingConfig/LogGroup")
                        .asText())
                .containsExactlyInAnyOrderElementsOf(filtersInto(crashes));
        assertThat(crashes).isEqualTo("${AWS::StackName}-crashes");
    }

    /// A function's deployment looks at alarms of its own, where it shifts traffic: one about all functions would
    /// stop the deployment that ends what it rings for, and take back those that are fine.
    @Test
    void goesBackToTheFormerVersionWhereTheNewOneFails() {
        Set<String> answering = new HashSet<>(functions(HttpFunction.class).keySet());
        assertThat(answering).hasSizeGreaterThan(10);
        for (FunctionDefinition function : TEMPLATE.functions()) {
            String logicalId = function.logicalId();
            JsonNode looksAt = resource(logicalId).at("/DeploymentPreference/Alarms");
            assertThat(texts(looksAt).stream().map(name -> watchedByDeployment(name, logicalId)))
                    .as(logicalId)
                    .containsExactlyInAnyOrderElementsOf(failures(logicalId, answering.contains(logicalId)));
            assertThat(alarms(logicalId)).as(logicalId).contains("AWS/Lambda Throttles");
        }
    }

    /// Lambda's `Errors` has crashes. Who answers over HTTP answers 500 instead of failing; what the broker or an
    /// operator gets wrong is an error for Lambda, and no fault of the function's.
    private static List<String> failures(String logicalId, boolean answers) {
        if (List.of("ChargerConnectFunction", "OperatorFunction").contains(logicalId)) {
            return List.of("Tenantry faults", "crashes in its log");
        }
        return answers ? List.of("AWS/Lambda Errors", "Tenantry serverErrors") : List.of("AWS/Lambda Errors");
    }

    /// What an alarm watches of a function, and that it is there whenever traffic is shifted.
    private static String watchedByDeployment(String name, String logicalId) {
        JsonNode alarm = template().path("Resources").path(name);
        assertThat(alarm.path("Condition").asText()).as(name).isIn("", "ShiftsTraffic", "HasErrorAlarms");
        JsonNode properties = alarm.path("Properties");
        String metric = properties.path("MetricName").asText();
        if (!properties.has("Dimensions")) {
            assertThat(filtersInto(metric))
                    .as(name)
                    .containsExactly(
                            resource(logicalId).at("/LoggingConfig/LogGroup").asText());
            return "crashes in its log";
        }
        String namespace = properties.path("Namespace").asText();
        assertThat(properties.at("/Dimensions/0/Name").asText())
                .as(name)
                .isEqualTo(namespace.equals("Tenantry") ? "function" : "FunctionName");
        assertThat(properties.path("Dimensions")).as(name).hasSize(1);
        assertThat(isOf(logicalId, properties)).as(name).isTrue();
        return namespace + " " + metric;
    }

    /// The logs in which a metric's lines are counted.
    private static List<String> filtersInto(String metric) {
        List<String> logs = new ArrayList<>();
        for (JsonNode resource : template().path("Resources")) {
            JsonNode filter = resource.path("Properties");
            if (filter.at("/MetricTransformations/0/MetricName").asText().equals(metric)) {
                assertThat(filter.path("FilterPattern").asText()).contains("Status: timeout", "Runtime exited");
                logs.add(filter.path("LogGroupName").asText());
            }
        }
        return logs;
    }

    /// SnapStart gives up the snapshot of a version that nobody invokes for 14 days.
    @Test
    void invokesEveryFunctionBeforeItsSnapshotIsGivenUp() {
        Set<String> quiet = new TreeSet<>();
        TEMPLATE.functions().forEach(function -> quiet.add(function.logicalId()));
        TEMPLATE.schedules().forEach(schedule -> quiet.remove(schedule.functionId()));
        List<String> kept = new ArrayList<>();
        for (JsonNode resource : template().path("Resources")) {
            if (resource.path("Type").asText().equals("AWS::Scheduler::Schedule")) {
                JsonNode schedule = resource.path("Properties");
                assertThat(schedule.path("ScheduleExpression").asText()).isEqualTo("rate(3 days)");
                kept.add(schedule.at("/Target/Arn").asText().replace(".Alias", ""));
            }
        }
        assertThat(kept).containsExactlyInAnyOrderElementsOf(quiet);
        assertThat(resource("KeepActiveRole").at("/Policies/0/PolicyDocument/Statement/0/Resource"))
                .extracting(alias -> alias.asText().replace(".Alias", ""))
                .containsExactlyInAnyOrderElementsOf(quiet);
    }

    @Test
    void tellsSomebodyOfEveryAlarm() {
        assertThat(alarms()).isNotEmpty().allSatisfy(alarm -> {
            assertThat(alarm.at("/AlarmActions/1/0").asText()).isEqualTo("AlarmTopicArn");
            assertThat(alarm.at("/OKActions/1/0").asText()).isEqualTo("AlarmTopicArn");
            assertThat(alarm.path("AlarmDescription").asText()).isNotEmpty();
        });
    }

    /// Whoever is woken up finds what to do; whoever deploys, what to say; and nothing is told that is not there.
    @ParameterizedTest
    @ValueSource(strings = {"Parameters", "Outputs", "Alarms"})
    void isDescribedForItsOperator(String section) throws IOException {
        String documents = Files.readString(Project.root().resolve("docs/operations.md"))
                + Files.readString(Project.root().resolve("docs/billing.md"))
                + Files.readString(Project.root().resolve("docs/broker.md"));
        List<String> names = new ArrayList<>();
        if (section.equals("Alarms")) {
            template().path("Resources").properties().forEach(resource -> {
                if (resource.getValue().path("Type").asText().equals("AWS::CloudWatch::Alarm")) {
                    boolean isAChoice = resource.getValue().has("Condition");
                    names.add(isAChoice ? kind(resource.getKey()) : resource.getKey());
                }
            });
        } else {
            template().path(section).fieldNames().forEachRemaining(names::add);
        }
        assertThat(names).isNotEmpty().allSatisfy(name -> assertThat(documents).contains("`" + name + "`"));
        if (section.equals("Alarms")) {
            Matcher told = Pattern.compile("`(…?\\w+Alarm)`").matcher(documents);
            while (told.find()) {
                assertThat(names).contains(told.group(1));
            }
        }
    }

    /// Alarms that each function has are described by what their names end with.
    private static String kind(String alarm) {
        return TEMPLATE.functions().stream()
                .map(function -> function.logicalId().replaceFirst("Function$", ""))
                .filter(alarm::startsWith)
                .max(Comparator.comparing(String::length))
                .map(function -> "…" + alarm.substring(function.length()))
                .orElseThrow();
    }

    /// What may be empty can be left out; what has to be said is told by a dash in the table of parameters.
    @Test
    void asksForNothingThatMayBeEmpty() throws IOException {
        String documents = Files.readString(Project.root().resolve("docs/operations.md"));
        template().path("Parameters").properties().forEach(entry -> {
            JsonNode parameter = entry.getValue();
            if (parameter.has("AllowedPattern")
                    && "".matches(parameter.path("AllowedPattern").asText())) {
                assertThat(parameter.path("Default").asText("none"))
                        .as(entry.getKey())
                        .isEmpty();
            }
            assertThat(documents.contains("\n| `" + entry.getKey() + "` | – |"))
                    .as(entry.getKey())
                    .isEqualTo(!parameter.has("Default"));
        });
    }

    /// Who deploys looks in one place for where things are.
    @Test
    void listsItsOutputs() throws IOException {
        String list = section("## Deploying").replaceFirst("(?s).*The outputs say where\\s+things are:", "");
        template()
                .path("Outputs")
                .fieldNames()
                .forEachRemaining(name -> assertThat(list.split("\n\n")[0]).contains("`" + name + "`"));
    }

    /// With a pool in which nobody makes an account by themselves, whoever is invited needs one to accept.
    @Test
    void hasAccountsMadeForThoseWhoAreInvited() throws IOException {
        JsonNode cognito = new YAMLMapper().readTree(Project.read(Project.root().resolve("cognito.yaml")));
        JsonNode pool = cognito.path("Parameters");
        assertThat(pool.at("/SelfSignUp/Default").asText()).isEqualTo("no");
        assertThat(section("## From an empty account to the first colleague"))
                .contains("admin-create-user", "Name=email_verified,Value=true", "`SelfSignUp=yes`", " UserPoolId)")
                // Where the console is, is known when it is there, and its people come back to nowhere else.
                .contains("CallbackUrls=\"$(output ", "LogoutUrls=\"$(output ")
                // As with the table: a first deployment that fails takes the pool back.
                .contains("UserPoolProtection=on");
        assertThat(pool.at("/UserPoolProtection/Default").asText()).isEqualTo("off");
        assertThat(Json.text(cognito.at("/Resources/UserPool/Properties/DeletionProtection")))
                .isEqualTo("[\"ProtectsUserPool\",\"ACTIVE\",\"INACTIVE\"]");
    }

    /// A queue of what was given up is where somebody has to look.
    @Test
    void saysWhereToFindItsQueues() {
        List<String> values = new ArrayList<>();
        template()
                .path("Outputs")
                .forEach(output -> values.add(output.path("Value").asText()));
        assertThat(TEMPLATE.queues()).extracting(QueueDefinition::logicalId).isSubsetOf(values);
    }

    /// Dashboards, and all of CloudFront, are no region's: a stack in another one may be called the same.
    @ParameterizedTest
    @ValueSource(strings = {"template.yaml", "console/template.yaml", "cognito.yaml"})
    void namesByRegionWhatTheAccountHasOneOf(String file) throws IOException {
        JsonNode resources = new YAMLMapper()
                .readTree(Project.read(Project.root().resolve(file)))
                .path("Resources");
        Pattern accountWide = Pattern.compile("AWS::(CloudFront|IAM|S3)::.*|AWS::CloudWatch::Dashboard");
        resources.properties().forEach(entry -> {
            JsonNode resource = entry.getValue();
            if (accountWide.matcher(resource.path("Type").asText()).matches()) {
                for (String named : List.of("Name", "DashboardName", "RoleName", "ManagedPolicyName", "BucketName")) {
                    resource.path("Properties").findValues(named).stream()
                            .map(JsonNode::asText)
                            .filter(name -> name.contains("AWS::StackName"))
                            .forEach(name -> assertThat(name).as(entry.getKey()).contains("AWS::Region"));
                }
            }
        });
    }

    /// Lambda tells of a restoration in a line of its own, and once more in that of the invocation.
    @Test
    void countsEachRestorationOnce() {
        String query = resource("ColdStartsQuery").path("QueryString").asText();
        Matcher filter = Pattern.compile("filter @message like /(.+)/\n").matcher(query);
        assertThat(filter.find()).isTrue();
        assertThat(
                        List.of(
                                "RESTORE_START Runtime Version: java:25.v12",
                                "RESTORE_REPORT Restore Duration: 512.33 ms",
                                "REPORT RequestId: 8f50 Duration: 12.31 ms Billed Duration: 92 ms Memory Size: 1769 MB"
                                        + " Max Memory Used: 164 MB Restore Duration: 512.33 ms Billed Restore Duration: 79 ms"))
                .filteredOn(
                        line -> Pattern.compile(filter.group(1)).matcher(line).find())
                .hasSize(1);
    }

    /// Each parameter stands in one of the groups in which CloudFormation's console shows them.
    @Test
    void groupsItsParameters() {
        List<String> grouped = new ArrayList<>();
        for (JsonNode group : template().at("/Metadata/AWS::CloudFormation::Interface/ParameterGroups")) {
            group.path("Parameters").forEach(parameter -> grouped.add(parameter.asText()));
        }
        List<String> all = new ArrayList<>();
        template().path("Parameters").fieldNames().forEachRemaining(all::add);
        assertThat(grouped).containsExactlyInAnyOrderElementsOf(all);
    }

    /// What each alarm about a function watches.
    private static List<String> alarms(String logicalId) {
        List<String> watched = new ArrayList<>();
        for (JsonNode alarm : alarms()) {
            List<String> names = new ArrayList<>();
            String expression = "";
            if (isOf(logicalId, alarm)) {
                names.add(alarm.path("Namespace").asText() + " "
                        + alarm.path("MetricName").asText());
            }
            for (JsonNode part : alarm.path("Metrics")) {
                JsonNode metric = part.at("/MetricStat/Metric");
                if (isOf(logicalId, metric)) {
                    names.add(metric.path("Namespace").asText() + " "
                            + metric.path("MetricName").asText());
                } else if (part.has("Expression")) {
                    expression = ": " + part.path("Expression").asText();
                }
            }
            if (!names.isEmpty()) {
                names.sort(null);
                watched.add(String.join(", ", names) + expression);
            }
        }
        return watched;
    }

    private static boolean isOf(String logicalId, JsonNode metric) {
        return metric.at("/Dimensions/0/Value").asText().equals(logicalId);
    }

    private static List<JsonNode> alarms() {
        List<JsonNode> alarms = new ArrayList<>();
        for (JsonNode resource : template().path("Resources")) {
            if (resource.path("Type").asText().equals("AWS::CloudWatch::Alarm")) {
                alarms.add(resource.path("Properties"));
            }
        }
        return alarms;
    }

    @Test
    void deploysEveryFunctionTheSameWay() {
        JsonNode globals = template().at("/Globals/Function");
        assertThat(globals.path("Runtime").asText()).isEqualTo("java25");
        assertThat(texts(globals.path("Architectures"))).containsExactly("arm64");
        assertThat(globals.at("/SnapStart/ApplyOn").asText()).isEqualTo("PublishedVersions");
        assertThat(globals.path("AutoPublishAlias").asText()).isNotEmpty();
        // SAM leaves CodeDeploy out by this one word, of the parameter and of nothing that is computed from it.
        assertThat(globals.at("/DeploymentPreference/Enabled").asText()).isEqualTo("ShiftTraffic");
        assertThat(template().at("/Parameters/ShiftTraffic/Default").asText()).isEqualTo("false");
        for (FunctionDefinition function : TEMPLATE.functions()) {
            JsonNode properties = resource(function.logicalId());
            assertThat(properties.has("Runtime")).isFalse();
            assertThat(properties.has("SnapStart")).isFalse();
            assertThat(properties.path("AutoPublishCodeSha256").asText()).isEqualTo("Release");
            assertThat(properties.path("CodeUri").asText())
                    .isEqualTo("functions/" + Sandbox.nameOf(function) + "/target/function.zip");
        }
    }

    @Test
    void keepsTheTableSafe() {
        JsonNode table = template().at("/Resources/Table");
        // But for one of a stack that never came to be.
        assertThat(table.path("DeletionPolicy").asText()).isEqualTo("RetainExceptOnCreate");
        assertThat(table.path("UpdateReplacePolicy").asText()).isEqualTo("Retain");
        JsonNode properties = table.path("Properties");
        assertThat(properties
                        .at("/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled")
                        .asBoolean())
                .isTrue();
        assertThat(properties.at("/SSESpecification/SSEEnabled").asBoolean()).isTrue();
        assertThat(Json.text(properties.path("DeletionProtectionEnabled"))).isEqualTo("[\"ProtectsTable\",true,false]");
        assertThat(template().at("/Parameters/TableProtection/Default").asText())
                .isEqualTo("on");
    }

    /// A restored table has to become what the template would have made, and takes longer than the AWS CLI waits.
    @Test
    void restoresTheTableAsItWas() throws IOException {
        JsonNode table = resource("Table");
        assertThat(section("## Restoring the table"))
                .contains(
                        "--deletion-protection-enabled",
                        "StreamViewType="
                                + table.at("/StreamSpecification/StreamViewType")
                                        .asText(),
                        "AttributeName="
                                + table.at("/TimeToLiveSpecification/AttributeName")
                                        .asText(),
                        "PointInTimeRecoveryEnabled=true",
                        "SSEType=" + table.at("/SSESpecification/SSEType").asText(),
                        "KMSMasterKeyId=")
                .doesNotContain("wait table-exists");
    }

    /// A metric that nobody looks at is paid for all the same. `severalSubscriptions` is for operators' own alarms.
    @Test
    void tellsNoMetricThatNobodyWatches() throws IOException {
        Set<String> watched = new TreeSet<>(Set.of("severalSubscriptions"));
        metricsOfFunctions().forEach((_, metrics) -> watched.addAll(metrics));
        Matcher shown = Pattern.compile("\"Tenantry\",\"(\\w+)\",\"function\"")
                .matcher(resource("Overview").at("/DashboardBody/0").asText());
        while (shown.find()) {
            watched.add(shown.group(1));
        }
        assertThat(FunctionLog.METRICS).containsExactlyInAnyOrderElementsOf(watched);
        assertThat(Files.readString(Project.root().resolve("docs/billing.md")))
                .contains("metric `severalSubscriptions`");
    }

    /// Amazon CloudWatch pricing: $0.30 a month for each metric, by the hour in which it is told. These are all
    /// that a stack can tell, in an hour in which everything is done and goes wrong at once.
    @Test
    void costsLittleForMetricsHoweverMuchIsDone() throws IOException {
        Map<String, Set<String>> told = new TreeMap<>(metricsOfFunctions());
        functions(HttpFunction.class)
                .keySet()
                .forEach(function -> metricsOf(told, function).addAll(List.of("serverErrors", "limitsReached")));
        eventFunctions().keySet().forEach(function -> metricsOf(told, function).add("faults"));
        List.of("BillingFunction", "WebhookFunction")
                .forEach(function -> metricsOf(told, function).add("severalSubscriptions"));
        Set<String> filtered = new TreeSet<>();
        for (JsonNode resource : template().path("Resources")) {
            if (resource.path("Type").asText().equals("AWS::Logs::MetricFilter")) {
                filtered.add(resource.at("/Properties/MetricTransformations/0/MetricName")
                        .asText());
            }
        }
        int metrics = told.values().stream().mapToInt(Set::size).sum() + filtered.size();
        assertThat(metrics * 30)
                .as("cents a month for %s and %s", told, filtered)
                .isLessThan(1500);
        assertThat(section("## What it costs"))
                .contains("%d metrics".formatted(metrics))
                .contains("$%d.%02d".formatted(metrics * 30 / 100, metrics * 30 % 100));
    }

    private static Set<String> metricsOf(Map<String, Set<String>> told, String function) {
        return told.computeIfAbsent(function, _ -> new TreeSet<>());
    }

    /// What alarms watch of what functions tell, by function.
    private static Map<String, Set<String>> metricsOfFunctions() {
        Map<String, Set<String>> metrics = new TreeMap<>();
        for (JsonNode alarm : alarms()) {
            if (alarm.path("Namespace").asText().equals("Tenantry") && alarm.has("Dimensions")) {
                metricsOf(metrics, alarm.at("/Dimensions/0/Value").asText())
                        .add(alarm.path("MetricName").asText());
            }
        }
        return metrics;
    }

    /// Where a parameter is in a function's settings and in its rights, the version before loses what it uses. Its
    /// operator has to know that before the deployment.
    @Test
    void saysWhichParametersTakeRightsFromTheVersionBefore() throws IOException {
        Set<String> settings = new TreeSet<>();
        Set<String> rights = new TreeSet<>();
        template().path("Parameters").fieldNames().forEachRemaining(parameter -> {
            if (isIn(template().at("/Globals/Function/Environment"), parameter)) {
                settings.add(parameter);
            }
            for (FunctionDefinition function : TEMPLATE.functions()) {
                JsonNode properties = resource(function.logicalId());
                if (isIn(properties.path("Environment"), parameter)) {
                    settings.add(parameter);
                }
                if (isIn(properties.path("Policies"), parameter)) {
                    rights.add(parameter);
                }
            }
        });
        settings.retainAll(rights);
        Matcher told = Pattern.compile("[*]Parameters that rights hang on[*]+ are ([^.]+)[.]")
                .matcher(section("## Upgrading, and going back"));
        assertThat(told.find()).isTrue();
        assertThat(Pattern.compile("`(\\w+)`").matcher(told.group(1)).results().map(name -> name.group(1)))
                .containsExactlyInAnyOrderElementsOf(settings);
        assertThat(section("## Restoring the table")).contains("`ShiftTraffic=false`");
    }

    private static boolean isIn(JsonNode part, String parameter) {
        return Pattern.compile("\"" + parameter + "\"|[$][{]" + parameter + "}")
                .matcher(Json.text(part))
                .find();
    }

    /// Whatever the template encrypts with the operator's key, its documented policy lets that service use it.
    @Test
    void letsEachServiceUseTheKeyOfTheOperators() throws IOException {
        Set<String> services = new TreeSet<>();
        for (JsonNode resource : template().path("Resources")) {
            String type = resource.path("Type").asText();
            if (type.equals("AWS::SNS::TopicPolicy")) {
                // Who publishes to an encrypted topic encrypts.
                resource.findValues("Service")
                        .forEach(service -> services.add(service.asText().replace(".amazonaws.com", "")));
            } else if (Json.text(resource.path("Properties")).contains("\"KmsKeyArn\"") && !type.contains("::SNS::")) {
                services.add(type.split("::")[1].toLowerCase(Locale.ROOT));
            }
        }
        if (Json.text(template().at("/Globals/Function/KmsKeyArn")).contains("\"KmsKeyArn\"")) {
            services.add("lambda");
        }
        assertThat(services).containsExactly("dynamodb", "events", "lambda", "logs", "ses", "sqs");
        assertThat(services)
                .allSatisfy(service -> assertThat(section("## Keys of your own"))
                        .containsPattern("\"" + service + "[.]([a-z0-9-]+[.])?amazonaws[.]com\""));
    }

    /// What the operator's document says under a heading.
    private static String section(String heading) throws IOException {
        String document = Files.readString(Project.root().resolve("docs/operations.md"));
        String after = document.substring(document.indexOf("\n" + heading + "\n") + heading.length() + 2);
        return after.substring(0, after.indexOf("\n## "));
    }

    /// Both write what a subscription is for, and must know it by the same number.
    @Test
    void tellsEveryFunctionThatAsksStripeTheNumbersOfItsProducts() {
        List<String> asking = TEMPLATE.functions().stream()
                .map(FunctionDefinition::logicalId)
                .filter(logicalId -> variables(logicalId).has("STRIPE_SECRET_ID"))
                .toList();
        assertThat(asking)
                .containsExactlyInAnyOrder("BillingFunction", "WebhookFunction")
                .allSatisfy(logicalId -> assertThat(
                                variables(logicalId).path("STRIPE_PRODUCTS").asText())
                        .as(logicalId)
                        .isEqualTo("StripeProducts"));
    }

    private static JsonNode variables(String logicalId) {
        return resource(logicalId).at("/Environment/Variables");
    }

    /// The idempotency record is the only row that runs out.
    @Test
    void letsTheTableForgetIdempotencyRecords() {
        SampleEvent event = SampleEvent.of(Project.root().resolve("events/tenants/create-tenant-idempotent.json"));
        try (Sandbox sandbox = event.sandbox()) {
            sandbox.invoke(event.function(), event.json());
            String attribute =
                    TEMPLATE.tables().getFirst().timeToLiveAttribute().orElseThrow();
            assertThat(sandbox.withNumber(attribute)).singleElement().asString().contains("IDEMPOTENCY#");
        }
    }

    private static Set<String> routesTo(String logicalId) {
        Set<String> keys = new TreeSet<>();
        TEMPLATE.routes().stream()
                .filter(route -> route.functionId().equals(logicalId))
                .forEach(route -> keys.add(route.routeKey()));
        return keys;
    }

    private static Duration timeout(String logicalId) {
        return TEMPLATE.functions().stream()
                .filter(function -> function.logicalId().equals(logicalId))
                .findFirst()
                .orElseThrow()
                .timeout();
    }

    private static Map<String, WebhookFunction<?>> webhooks() {
        Map<String, WebhookFunction<?>> webhooks = new TreeMap<>();
        functions(WebhookFunction.class).forEach(webhooks::put);
        return webhooks;
    }

    private static Map<String, ApiFunction> apiFunctions() {
        return functions(ApiFunction.class);
    }

    private static Map<String, EventFunction> eventFunctions() {
        return functions(EventFunction.class);
    }

    private static <F extends LambdaFunction> Map<String, F> functions(Class<F> kind) {
        Map<String, F> functions = new TreeMap<>();
        for (FunctionDefinition definition : TEMPLATE.functions()) {
            Optional.of(Sandbox.handler(definition, URI.create("http://127.0.0.1:1")))
                    .filter(kind::isInstance)
                    .map(kind::cast)
                    .ifPresent(function -> functions.put(definition.logicalId(), function));
        }
        return functions;
    }

    private static JsonNode resource(String logicalId) {
        return template().path("Resources").path(logicalId).path("Properties");
    }

    static JsonNode template() {
        try {
            return new YAMLMapper().readTree(Project.read(Project.root().resolve("template.yaml")));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static List<String> texts(JsonNode items) {
        List<String> texts = new ArrayList<>();
        items.forEach(item -> texts.add(item.asText()));
        return texts;
    }
}
