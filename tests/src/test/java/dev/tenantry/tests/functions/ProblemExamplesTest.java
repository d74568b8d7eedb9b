package dev.tenantry.tests.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.tenantry.http.ProblemCatalogue;
import dev.tenantry.http.ProblemCatalogue.Entry;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.refusal.Refusal.Fault;
import dev.tenantry.tests.project.Project;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Problems in documents are those that the service answers with, to the word.
class ProblemExamplesTest {

    private static final Map<String, Entry> CATALOGUE = ProblemCatalogue.byCode();

    private static final JsonNode API = api();

    private static final Set<Fault> FAULTS = faults();

    private static final String URN = "urn:tenantry:problem:";

    /// A problem as far as a document shows it: up to the next command, or the end.
    private static final Pattern SHOWN = Pattern.compile("\\{\"type\":\"" + URN + ".*?(?= \\$ |$)");

    private static final Pattern MEMBER =
            Pattern.compile("\"(type|title|status|detail|code)\":(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([0-9]+))");

    private static final Pattern FAULT =
            Pattern.compile("\"pointer\":\"([^\"]*)\", ?\"message\":\"((?:[^\"\\\\]|\\\\.)*)\"");

    /// How prose names a problem: 409 `last_admin`.
    private static final Pattern NAMED = Pattern.compile("\\b([45][0-9]{2})\\s+`([a-z_]+)`");

    private static final Pattern CODE = Pattern.compile("`([a-z_]+)`: ");

    /// @param place where it stands
    record Example(String place, JsonNode problem) {

        @Override
        public String toString() {
            return place;
        }
    }

    /// Wherever a problem stands in `openapi.yaml` or, as far as it is shown there, in a Markdown document.
    static Stream<Example> examples() {
        List<Example> examples = new ArrayList<>();
        collect(API, "openapi.yaml#", examples);
        ObjectNode described = Json.object();
        API.at("/components/schemas/Problem/properties").properties().forEach(property -> {
            if (property.getValue().has("examples")) {
                described.set(property.getKey(), property.getValue().at("/examples/0"));
            }
        });
        examples.add(new Example("openapi.yaml#/components/schemas/Problem/properties", described));
        for (Path document : Project.files(".md")) {
            Project.FENCE
                    .matcher(Project.read(document))
                    .results()
                    .flatMap(fence ->
                            SHOWN.matcher(fence.group().replaceAll("\\s+", " ")).results())
                    .forEach(shown -> examples.add(
                            new Example(document.getFileName() + ": " + shown.group(), problem(shown.group()))));
        }
        return examples.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void isOneThatTheServiceAnswersWith(Example example) {
        JsonNode problem = example.problem();
        String code = problem.path("type").asText().substring(URN.length());
        Entry entry = entry(code);
        ifShown(problem, "code").ifPresent(shown -> assertThat(shown).isEqualTo(code));
        ifShown(problem, "title").ifPresent(shown -> assertThat(shown).isEqualTo(entry.title()));
        ifShown(problem, "status").ifPresent(shown -> assertThat(shown).isEqualTo(Integer.toString(entry.status())));

        List<Fault> faults = new ArrayList<>();
        problem.path("errors").forEach(fault -> faults.add(fault(fault)));
        if (code.equals("invalid_request")) {
            assertThat(faults).isNotEmpty().isSubsetOf(FAULTS);
            ifShown(problem, "detail").ifPresent(shown -> assertThat(shown).isEqualTo(ProblemCatalogue.detail(faults)));
        } else {
            assertThat(faults).isEmpty();
            ifShown(problem, "detail")
                    .ifPresent(shown -> assertThat(entry.canSay(shown))
                            .as("\"" + shown + "\" is one of " + entry.details())
                            .isTrue());
        }
    }

    @Test
    void isFoundInTheApisDescriptionAndInTheTour() {
        assertThat(examples().filter(example -> example.place().startsWith("openapi.yaml")))
                .hasSizeGreaterThan(40);
        assertThat(examples().filter(example -> example.place().startsWith("tour.md")))
                .hasSizeGreaterThan(4);
    }

    @Test
    void hasFaultsAsItsSchemaShowsThem() {
        JsonNode fault = API.at("/components/schemas/Fault/properties");
        assertThat(FAULTS)
                .contains(new Fault(
                        fault.at("/pointer/examples/0").asText(),
                        fault.at("/message/examples/0").asText()));
    }

    @Test
    void standsUnderItsOwnStatus() {
        Set<String> shown = new HashSet<>();
        API.path("paths")
                .forEach(path -> path.forEach(operation -> operation
                        .path("responses")
                        .properties()
                        .forEach(response -> {
                            JsonNode described = followed(response.getValue());
                            codes(described)
                                    .forEach(code -> assertThat(entry(code).status())
                                            .as(code)
                                            .isEqualTo(Integer.parseInt(response.getKey())));
                            described
                                    .at("/content/application~1problem+json/examples")
                                    .forEach(example -> {
                                        JsonNode problem = followed(example).path("value");
                                        assertThat(problem.path("status").asText())
                                                .isEqualTo(response.getKey());
                                        assertThat(problem.path("code").asText())
                                                .isIn(codes(described));
                                        shown.add(problem.path("code").asText());
                                    });
                        })));
        assertThat(shown).hasSizeGreaterThan(20);
    }

    @Test
    void isNamedWhereItsResponseIsDescribed() {
        assertThat(API.at("/components/responses").properties())
                .filteredOn(response -> response.getValue().at("/content").has("application/problem+json"))
                .hasSizeGreaterThan(20)
                .allSatisfy(response -> assertThat(CODE.matcher(
                                        response.getValue().path("description").asText())
                                .results()
                                .map(match -> match.group(1)))
                        .isNotEmpty()
                        .containsExactlyInAnyOrderElementsOf(codes(response.getValue())));
    }

    /// The guide tells what to do about each of them.
    @Test
    void isInTheListOfAllCodes() {
        Map<String, String> listed = new TreeMap<>();
        Pattern.compile("(?m)^\\| ([0-9]{3}) \\| `([a-z_]+)` \\| .+ \\|$")
                .matcher(API.at("/info/description").asText())
                .results()
                .forEach(row ->
                        assertThat(listed.put(row.group(2), row.group(1))).isNull());
        Map<String, String> known = new TreeMap<>();
        CATALOGUE.forEach((code, entry) -> known.put(code, Integer.toString(entry.status())));
        assertThat(listed).isEqualTo(known);
    }

    @Test
    void hasItsStatusWhereverItIsNamed() {
        List<Path> documents = new ArrayList<>(Project.files(".md"));
        documents.add(Project.root().resolve("openapi.yaml"));
        List<MatchResult> named = documents.stream()
                .flatMap(document -> NAMED.matcher(Project.read(document)).results())
                .toList();
        assertThat(named)
                .hasSizeGreaterThan(30)
                .allSatisfy(match -> assertThat(CATALOGUE)
                        .hasEntrySatisfying(
                                match.group(2),
                                entry -> assertThat(entry.status()).isEqualTo(Integer.parseInt(match.group(1)))));
    }

    private static Entry entry(String code) {
        return Optional.ofNullable(CATALOGUE.get(code))
                .orElseThrow(() -> new AssertionError("the service never answers " + code));
    }

    private static JsonNode api() {
        try {
            return new YAMLMapper().readTree(Project.read(Project.root().resolve("openapi.yaml")));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void collect(JsonNode node, String place, List<Example> examples) {
        if (node.path("type").asText().startsWith(URN)) {
            examples.add(new Example(place, node));
        }
        node.properties().forEach(field -> collect(field.getValue(), place + "/" + field.getKey(), examples));
        for (int i = 0; i < node.size() && node.isArray(); i++) {
            collect(node.path(i), place + "/" + i, examples);
        }
    }

    private static JsonNode followed(JsonNode node) {
        return node.has("$ref") ? API.at(node.path("$ref").asText().substring(1)) : node;
    }

    /// The codes that a problem may have in a response.
    private static List<String> codes(JsonNode response) {
        return AgreementTest.texts(response.path("x-problem-codes"));
    }

    /// What can be read of a problem that is shown with gaps.
    private static JsonNode problem(String shown) {
        ObjectNode problem = Json.object();
        MEMBER.matcher(shown)
                .results()
                .forEach(member -> problem.put(
                        member.group(1), Optional.ofNullable(member.group(2)).orElse(member.group(3))));
        ArrayNode errors = problem.putArray("errors");
        FAULT.matcher(shown)
                .results()
                .forEach(fault ->
                        errors.addObject().put("pointer", fault.group(1)).put("message", fault.group(2)));
        return problem;
    }

    private static Optional<String> ifShown(JsonNode problem, String name) {
        return Optional.ofNullable(problem.get(name)).map(JsonNode::asText);
    }

    private static Fault fault(JsonNode json) {
        return new Fault(json.path("pointer").asText(), json.path("message").asText());
    }

    /// What the functions say of requests like those of the examples.
    private static Set<Fault> faults() {
        try (Sandbox sandbox = sample("tenants/get-tenant").sandbox()) {
            return Stream.of(
                            answer(
                                    sandbox,
                                    "tenants/create-tenant",
                                    event -> event.put(
                                            "body", "{\"name\":\" \",\"domainPrefix\":\"Volt!\",\"colour\":\"red\"}")),
                            answer(sandbox, "tenants/update-tenant-invalid-json", _ -> {}),
                            answer(
                                    sandbox,
                                    "tenants/update-tenant-if-match",
                                    event -> headers(event).put("if-match", "7")),
                            answer(sandbox, "users/list-users-page", event -> event.put("rawQueryString", "limit=0")),
                            answer(sandbox, "metrics/list-metrics-offset", _ -> {}),
                            answer(sandbox, "tenants/get-tenant-unknown-parameter", _ -> {}),
                            answer(
                                    sandbox,
                                    "webhook/wrong-signature",
                                    event -> headers(event).remove("stripe-signature")),
                            answer(sandbox, "ips/add-ip", event -> event.put("body", "{\"ip\":\"192.0.2.77/24\"}")),
                            answer(
                                    sandbox,
                                    "profiles/create-profile",
                                    event -> event.put(
                                            "body", "{\"displayName\":\"Trick\",\"cpmsUrl\":\"ws://2130706433/\"}")))
                    .flatMap(problem -> problem.path("errors").valueStream())
                    .map(ProblemExamplesTest::fault)
                    .collect(Collectors.toSet());
        }
    }

    private static SampleEvent sample(String name) {
        return SampleEvent.of(Project.root().resolve("events/" + name + ".json"));
    }

    private static JsonNode answer(Sandbox sandbox, String name, Consumer<ObjectNode> change) {
        SampleEvent sample = sample(name);
        ObjectNode event = (ObjectNode) Json.parse(sample.json()).orElseThrow();
        change.accept(event);
        String answer = sandbox.invoke(sample.function(), Json.text(event));
        return Json.parse(Json.parse(answer).orElseThrow().path("body").asText())
                .orElseThrow(() -> new AssertionError(name + " was answered " + answer));
    }

    private static ObjectNode headers(ObjectNode event) {
        return (ObjectNode) event.path("headers");
    }
}
