package dev.tenantry.local.aws.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {

    private static final Map<String, String> PARAMETERS = Map.of(
            "JwtIssuer", "http://127.0.0.1:1/issuer",
            "JwtAudience", "one, two",
            "BrokerDomain", "ocpp.localhost",
            "CorsOrigins", "http://localhost:3000");

    private final Template template = Template.read(Path.of("src/test/resources/template.yaml"), PARAMETERS);

    @Test
    void mergesGlobalsIntoFunctions() {
        assertThat(template.functions())
                .containsExactly(new FunctionDefinition(
                        "ProbeFunction",
                        "dev.tenantry.local.ProbeHandler::handleRequest",
                        Duration.ofSeconds(2),
                        512,
                        Optional.of("live"),
                        Map.of("TABLE_NAME", "Things", "BROKER_DOMAIN", "ocpp.localhost")));
    }

    @Test
    void prefersAFunctionsOwnSettingsToTheGlobals() {
        Template merged = Template.parse("""
                Globals:
                  Function: { Timeout: 10, Environment: { Variables: { A: global, B: global } } }
                Resources:
                  F:
                    Type: AWS::Serverless::Function
                    Properties: { Handler: h, Timeout: 20, Environment: { Variables: { B: own } } }
                """, Map.of());
        assertThat(merged.functions().getFirst().timeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(merged.functions().getFirst().environment()).isEqualTo(Map.of("A", "global", "B", "own"));
    }

    @Test
    void findsRoutesAndWhatGuardsThem() {
        assertThat(template.routes())
                .containsExactly(
                        new RouteDefinition("ANY /guarded/{id}", "ProbeFunction", true),
                        new RouteDefinition("ANY /open", "ProbeFunction", false),
                        new RouteDefinition("OPTIONS /{proxy+}", "ProbeFunction", false));
    }

    @Test
    void takesAnEventWithoutPathAndMethodForTheDefaultRoute() {
        Template only = Template.parse("""
                Resources:
                  F:
                    Type: AWS::Serverless::Function
                    Properties: { Handler: h, Events: { E: { Type: HttpApi } } }
                """, Map.of());
        assertThat(only.routes()).containsExactly(new RouteDefinition("$default", "F", false));
    }

    @Test
    void resolvesTheAuthorizerToItsParameters() {
        assertThat(template.jwt()).contains(new JwtDefinition("http://127.0.0.1:1/issuer", List.of("one", "two")));
    }

    @Test
    void readsTheCorsSettings() {
        assertThat(template.cors())
                .contains(new CorsDefinition(
                        List.of("http://localhost:3000"),
                        List.of("GET", "POST"),
                        List.of("authorization", "content-type"),
                        List.of("etag", "link"),
                        Optional.of(Duration.ofMinutes(10)),
                        false));
    }

    @Test
    void readsATablesKeysIndexesAndTimeToLive() {
        assertThat(template.tables())
                .containsExactly(new TableDefinition(
                        "Things",
                        Map.of("PK", "S", "SK", "S", "Colour", "S"),
                        List.of(new TableDefinition.Key("PK", "HASH"), new TableDefinition.Key("SK", "RANGE")),
                        List.of(new TableDefinition.Index(
                                "ByColour",
                                true,
                                List.of(new TableDefinition.Key("Colour", "HASH")),
                                "KEYS_ONLY",
                                List.of())),
                        Optional.of("expiresAt"),
                        Optional.of("NEW_IMAGE")));
    }

    @Test
    void readsWhoFollowsATablesStream() {
        Template streaming = Template.parse("""
                Resources:
                  T:
                    Type: AWS::DynamoDB::Table
                    Properties: { AttributeDefinitions: [], KeySchema: [], TableName: named }
                  Bus: { Type: AWS::Events::EventBus, Properties: { Name: any } }
                  Q: { Type: AWS::SQS::Queue }
                  F:
                    Type: AWS::Serverless::Function
                    Properties:
                      Handler: a.B::handleRequest
                      Events:
                        Plain: { Type: DynamoDB, Properties: { Stream: !GetAtt T.StreamArn } }
                        Careful:
                          Type: DynamoDB
                          Properties:
                            Stream: !GetAtt T.StreamArn
                            BatchSize: 7
                            MaximumRetryAttempts: 3
                            BisectBatchOnFunctionError: true
                            FunctionResponseTypes: [ReportBatchItemFailures]
                            FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] }
                            DestinationConfig: { OnFailure: { Type: SQS, Destination: !GetAtt Q.Arn } }
                """, Map.of());
        assertThat(streaming.buses()).containsExactly("Bus");
        assertThat(streaming.streams())
                .containsExactly(
                        new StreamSource("F", "named", 100, false, false, -1, List.of(), Optional.empty()),
                        new StreamSource(
                                "F",
                                "named",
                                7,
                                true,
                                true,
                                3,
                                List.of("{\"eventName\":[\"INSERT\"]}"),
                                Optional.of("Q")));
    }

    @Test
    void findsWhoIsToldOfMails() {
        Template template = Template.parse("""
                Conditions:
                  Never: !Equals [a, b]
                Resources:
                  Told: { Type: AWS::SNS::Topic }
                  Q: { Type: AWS::SQS::Queue }
                  Set: { Type: AWS::SES::ConfigurationSet }
                  Destination:
                    Type: AWS::SES::ConfigurationSetEventDestination
                    Properties:
                      ConfigurationSetName: !Ref Set
                      EventDestination:
                        Enabled: true
                        MatchingEventTypes: [bounce]
                        SnsDestination: { TopicARN: !Ref Told }
                  LeftOut:
                    Type: AWS::SES::ConfigurationSetEventDestination
                    Condition: Never
                  Plain:
                    Type: AWS::Serverless::Function
                    Properties:
                      Handler: a.B::handleRequest
                      Events: { Mail: { Type: SNS, Properties: { Topic: !Ref Told } } }
                  Careful:
                    Type: AWS::Serverless::Function
                    Properties:
                      Handler: a.B::handleRequest
                      EventInvokeConfig:
                        MaximumRetryAttempts: 0
                        DestinationConfig: { OnFailure: { Type: SQS, Destination: !GetAtt Q.Arn } }
                      Events: { Mail: { Type: SNS, Properties: { Topic: !Ref Told } } }
                """, Map.of());
        assertThat(template.mail()).containsExactly(new MailDestination("Set", List.of("bounce"), "Told"));
        assertThat(template.topics())
                .containsExactly(
                        new TopicSource("Plain", "Told", 2, Optional.empty()),
                        new TopicSource("Careful", "Told", 0, Optional.of("Q")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "!Ref Region | eu",
                "{ Ref: Region } | eu",
                "!Sub 'x-${Region}-${!kept}' | x-eu-${kept}",
                "!Sub ['${Own}-${Region}', { Own: mine }] | mine-eu",
                "!Sub '${T.Arn}' | arn:aws:dynamodb:us-east-1:000000000000:table/named",
                "!Ref T | named",
                "!GetAtt T.StreamArn | arn:aws:dynamodb:us-east-1:000000000000:table/named/stream/local",
                "!GetAtt F.Arn | arn:aws:lambda:us-east-1:000000000000:function:F",
                "{ 'Fn::GetAtt': [F, Arn] } | arn:aws:lambda:us-east-1:000000000000:function:F",
                "!Join ['+', [a, !Ref Region]] | a+eu",
                "!Select [1, !Split [',', 'a,b']] | b",
                "!Select [1, !Ref Zones] | z2",
                "!If [IsEu, yes-eu, no-eu] | yes-eu",
                "!If [IsNotEu, yes, !Ref Region] | eu",
                "!If [Both, yes, no] | no",
                "!If [Either, yes, no] | yes",
                "!Ref AWS::Region | us-east-1",
            })
    void resolvesIntrinsicFunctions(String expression, String expected) {
        assertThat(valueOf(expression)).contains(expected);
    }

    @Test
    void leavesOutWhatHasNoValue() {
        assertThat(valueOf("!If [IsEu, !Ref AWS::NoValue, x]")).isEmpty();
    }

    @Test
    void leavesOutResourcesWhoseConditionIsFalse() {
        Template conditional = Template.parse("""
                Conditions: { Never: !Equals [a, b] }
                Resources:
                  F: { Type: AWS::Serverless::Function, Condition: Never, Properties: { Handler: h } }
                """, Map.of());
        assertThat(conditional.functions()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "!Ref Nobody | Resources.F.Properties.Environment.Variables.V (!Ref) | no parameter or resource Nobody",
                "!GetAtt F.Name | Variables.V (!GetAtt) | F.Name has no value",
                "!ImportValue x | Variables.V (!ImportValue) | can't be evaluated locally",
                "!If [Unheard, a, b] | Variables.V (!If) | no condition Unheard",
                "!Select [7, [a]] | Variables.V (!Select) | no element 7",
                "[a] | Resources.F.Properties.Environment.Variables.V | a text is expected",
            })
    void namesThePlaceOfWhatCannotBeResolved(String expression, String place, String problem) {
        assertThatThrownBy(() -> valueOf(expression))
                .isInstanceOf(TemplateProblem.class)
                .hasMessageStartingWith("template.yaml: ")
                .hasMessageContaining(place)
                .hasMessageContaining(problem);
    }

    @Test
    void constructsNoJavaObjects() {
        assertThatThrownBy(() -> Template.parse("A: !!java.net.URL [\"http://x\"]", Map.of()))
                .isInstanceOf(TemplateProblem.class)
                .hasMessageContaining("line 1: ")
                .hasMessageContaining("tag:yaml.org,2002:java.net.URL");
    }

    @Test
    void refusesAKeyThatIsThereTwice() {
        assertThatThrownBy(() -> Template.parse("A: 1\nB: 2\nA: 3\n", Map.of()))
                .hasMessageContaining("line 3: the key A is there twice");
    }

    @Test
    void refusesAnAliasAroundItself() {
        assertThatThrownBy(() -> Template.parse("A: &a [*a]", Map.of()))
                .hasMessageContaining("an alias refers to a node around it");
    }

    @Test
    void refusesAParameterWithoutValue() {
        assertThatThrownBy(() -> Template.parse("Parameters: { P: { Type: String } }\nResources: {}\n", Map.of()))
                .hasMessageContaining("Parameters.P: it has no default");
    }

    @Test
    void refusesAValueForAParameterThatIsNotThere() {
        assertThatThrownBy(() -> Template.parse("Resources: {}", Map.of("P", "x")))
                .hasMessageContaining("sets P, but the template does not declare it");
    }

    @Test
    void refusesEventsThatItDoesNotServe() {
        assertThatThrownBy(() -> Template.parse("""
                        Resources:
                          F:
                            Type: AWS::Serverless::Function
                            Properties: { Handler: h, Events: { E: { Type: S3 } } }
                        """, Map.of()))
                .hasMessageContaining("Resources.F.Properties.Events.E: events of type S3 are not served locally");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    GET   | tenant           | Path: "tenant" must start with a slash
                    GET   | /tenant/{tenant  | Path: "/tenant/{tenant" has a malformed segment, "{tenant"
                    GET   | /tenant/tenant}  | has a malformed segment, "tenant}"
                    GET   | /a{b}            | has a malformed segment, "a{b}"
                    GET   | /{a}{b}          | has a malformed segment, "{a}{b}"
                    GET   | /{}              | has a malformed segment, "{}"
                    GET   | /{a b}           | has a malformed segment, "{a b}"
                    GET   | /a b             | has a malformed segment, "a b"
                    GET   | /a?b=c           | has a malformed segment, "a?b=c"
                    GET   | /a/              | "/a/" has a malformed segment, ""
                    GET   | /a//b            | has a malformed segment, ""
                    GET   | //               | has a malformed segment, ""
                    GET   | /{a}/            | has a malformed segment, ""
                    GET   | /{a}/{a}         | has the variable a twice
                    GET   | /{rest+}/b       | goes on after {rest+}, which takes all that is left
                    FETCH | /tenant          | Method: "FETCH" is no method
                    """)
    void refusesARouteThatNoRequestCouldFind(String method, String path, String problem) {
        assertThatThrownBy(() -> Template.parse(routes(method, path), Map.of()))
                .isInstanceOf(TemplateProblem.class)
                .hasMessageContaining("Resources.F.Properties.Events.E0.Properties")
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/tenant/{tenant}", "/a.b_c-d~e", "/{proxy+}", "/a/{id.of-x_1}/{rest+}"})
    void takesEveryPathThatApiGatewayTakes(String path) {
        assertThat(Template.parse(routes("get", path), Map.of()).routes())
                .singleElement()
                .satisfies(route -> assertThat(route.routeKey()).isEqualTo("GET " + path));
    }

    @Test
    void refusesARouteThatIsThereTwice() {
        assertThatThrownBy(() -> Template.parse(routes("GET", "/a", "get", "/a"), Map.of()))
                .hasMessageContaining("the route GET /a is there twice");
        assertThat(Template.parse(routes("GET", "/a", "PUT", "/a"), Map.of()).routes())
                .hasSize(2);
    }

    @Test
    void refusesARouteThatIsThereTwiceUnderOtherNames() {
        assertThatThrownBy(() -> Template.parse(routes("GET", "/a/{x}/b", "GET", "/a/{y}/b"), Map.of()))
                .hasMessageContaining("the route GET /a/{y}/b is there twice, first as GET /a/{x}/b.");
        assertThatThrownBy(() -> Template.parse(routes("GET", "/{x+}", "GET", "/{proxy+}"), Map.of()))
                .hasMessageContaining("the route GET /{proxy+} is there twice");
        assertThat(Template.parse(routes("GET", "/{x}", "GET", "/{x+}", "PUT", "/{y}", "GET", "/x"), Map.of())
                        .routes())
                .hasSize(4);
    }

    /// A function with these routes: method and path, method and path.
    private static String routes(String... methodsAndPaths) {
        StringBuilder template = new StringBuilder("""
                Resources:
                  F:
                    Type: AWS::Serverless::Function
                    Properties:
                      Handler: h
                      Events:
                """);
        for (int i = 0; i < methodsAndPaths.length; i += 2) {
            template.append("        E%d: { Type: HttpApi, Properties: { Method: %s, Path: '%s' } }%n"
                    .formatted(i, methodsAndPaths[i], methodsAndPaths[i + 1]));
        }
        return template.toString();
    }

    @Test
    void saysWhereBrokenYamlBreaks() {
        assertThatThrownBy(() -> Template.parse("A: [1\nB: 2", Map.of())).hasMessageContaining("template.yaml: line 2");
    }

    private static Optional<String> valueOf(String expression) {
        String yaml = """
                Parameters:
                  Region: { Type: String, Default: eu }
                  Zones: { Type: CommaDelimitedList, Default: "z1, z2" }
                Conditions:
                  IsEu: !Equals [!Ref Region, eu]
                  IsNotEu: !Not [!Condition IsEu]
                  Both: !And [!Condition IsEu, !Condition IsNotEu]
                  Either: !Or [!Condition IsEu, { Condition: IsNotEu }]
                Resources:
                  T:
                    Type: AWS::DynamoDB::Table
                    Properties: { TableName: named, AttributeDefinitions: [], KeySchema: [] }
                  F:
                    Type: AWS::Serverless::Function
                    Properties:
                      Handler: h
                      Environment: { Variables: { V: %s } }
                """.formatted(expression);
        return Optional.ofNullable(Template.parse(yaml, Map.of())
                .functions()
                .getFirst()
                .environment()
                .get("V"));
    }
}
