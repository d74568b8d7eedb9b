package dev.tenantry.tests.openapi;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.tests.openapi.ApiDocument.Element;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `openapi.yaml` is written so that generators make clients of it that compile, are named well, and can read what the
/// service answers. `.ci/clients` generates them; what broke them once is forbidden here.
class GeneratorsTest {

    private static final OpenApi API = OpenApi.load();

    private static final Element SCHEMAS =
            API.document().root().child("components").child("schemas");

    /// The operations of the compatibility target, by its names in camelCase.
    private static final Map<String, String> TARGET = Map.ofEntries(
            Map.entry("GET /tenant/{tenant}", "getTenant"),
            Map.entry("PUT /tenant/{tenant}", "updateTenant"),
            Map.entry("GET /tenant/{tenant}/stats", "getTenantStats"),
            Map.entry("GET /tenant/{tenant}/subscription", "getTenantSubscription"),
            Map.entry("GET /tenant/{tenant}/user", "listTenantUsers"),
            Map.entry("PUT /tenant/{tenant}/user", "bulkSetUserRoles"),
            Map.entry("PUT /tenant/{tenant}/user/{userId}", "setUserRole"),
            Map.entry("DELETE /tenant/{tenant}/user/{userId}", "removeTenantUser"),
            Map.entry("POST /tenant/{tenant}/invite", "createTenantInvite"),
            Map.entry("GET /tenant/{tenant}/ips", "listTenantIps"),
            Map.entry("POST /tenant/{tenant}/ips", "addTenantIp"),
            Map.entry("DELETE /tenant/{tenant}/ips/{ipId}", "deleteTenantIp"),
            Map.entry("GET /tenant/{tenant}/metrics", "getTenantMetrics"),
            Map.entry("GET /tenant/{tenant}/profile", "listProfiles"),
            Map.entry("POST /tenant/{tenant}/profile", "createProfile"),
            Map.entry("GET /tenant/{tenant}/profile/{profileId}", "getProfile"),
            Map.entry("PUT /tenant/{tenant}/profile/{profileId}", "updateProfile"),
            Map.entry("DELETE /tenant/{tenant}/profile/{profileId}", "deleteProfile"),
            Map.entry("GET /tenant/{tenant}/provision", "getProvisionStatus"),
            Map.entry("POST /tenant/{tenant}/provision", "startProvisioning"),
            Map.entry("DELETE /tenant/{tenant}/provision", "stopProvisioning"),
            Map.entry("GET /tenant/{tenant}/billing", "getBillingPortal"));

    /// What Stripe sends has more fields than are read, and Stripe adds others.
    private static final Set<String> OPEN_REQUESTS = Set.of("takeStripeEvent");

    @Test
    void namesTheOperationsOfTheTargetAsItDoes() {
        Map<String, String> named = API.operations().stream()
                .filter(operation -> !operation.extension())
                .collect(toMap(Operation::route, Operation::id));
        assertThat(named).isEqualTo(TARGET);
    }

    @Test
    void namesEveryOperationOnce() {
        assertThat(API.operations().stream().map(Operation::id))
                .doesNotHaveDuplicates()
                .allSatisfy(id -> assertThat(id).matches("[a-z]+([A-Z][a-z]+)*"));
    }

    /// A generator makes a class of each tag.
    @Test
    void keepsTheTargetsOperationsApartFromTheExtensions() {
        Set<String> used = new TreeSet<>();
        for (Operation operation : API.operations()) {
            List<String> tags = texts(element(operation).child("tags").node());
            assertThat(tags).as(operation.id()).hasSize(1);
            assertThat(tags.contains("Tenant")).as(operation.id()).isNotEqualTo(operation.extension());
            used.addAll(tags);
        }
        Set<String> declared = new TreeSet<>();
        API.document()
                .root()
                .child("tags")
                .node()
                .forEach(tag -> declared.add(tag.path("name").asString("")));
        assertThat(used).isEqualTo(declared);
    }

    @Test
    void callsTheSecuritySchemeBearerToken() {
        Element root = API.document().root();
        assertThat(root.child("components").child("securitySchemes").names()).containsExactly("bearerToken");
        assertThat(root.child("security").node().toString()).isEqualTo("[{\"bearerToken\":[]}]");
        assertThat(API.operations()).allSatisfy(operation -> {
            JsonNode own = element(operation).child("security").node();
            assertThat(own.isMissingNode() ? "" : own.toString())
                    .as(operation.id())
                    .isEqualTo(operation.requiredRole().equals("stripe") ? "[]" : "");
        });
    }

    @Test
    void namesTheLocalServiceAndDeployments() {
        Map<String, Map<String, String>> servers = new LinkedHashMap<>();
        for (JsonNode server : API.document().root().child("servers").node()) {
            Map<String, String> defaults = new TreeMap<>();
            server.path("variables")
                    .properties()
                    .forEach(variable -> defaults.put(
                            variable.getKey(),
                            variable.getValue().path("default").asString("")));
            servers.put(server.path("url").asString(""), defaults);
        }
        assertThat(servers.keySet()).containsExactly("http://127.0.0.1:{port}", "https://{host}");
        // As ./run chooses it.
        assertThat(servers.get("http://127.0.0.1:{port}")).isEqualTo(Map.of("port", "8080"));
        assertThat(servers.get("https://{host}")).containsOnlyKeys("host");
    }

    @Test
    void takesIdsInPathsAsTheNumbersThatTheyAre() {
        int ids = 0;
        Element paths = API.document().root().child("paths");
        for (String path : paths.names()) {
            Element parameters = paths.child(path).child("parameters");
            for (int i = 0; i < parameters.node().size(); i++) {
                Element parameter = parameters.index(i).followed();
                String name = parameter.child("name").text();
                if (name.endsWith("Id") && !name.equals("userId")) {
                    assertThat(parameter.child("schema").child("type").text())
                            .as(path + " " + name)
                            .isEqualTo("integer");
                    ids++;
                }
            }
        }
        assertThat(ids).isGreaterThanOrEqualTo(3);
    }

    @Test
    void saysNullOnlyBesideAType() {
        assertEverySchema(schema -> {
            JsonNode type = schema.node().path("type");
            assertThat(type.asString("")).isNotEqualTo("null");
            if (type.isArray()) {
                assertThat(texts(type)).hasSize(2).endsWith("null");
            }
            for (String composition : List.of("anyOf", "oneOf", "allOf")) {
                for (JsonNode branch : schema.node().path(composition)) {
                    assertThat(branch.toString()).doesNotContain("null").contains("$ref");
                }
            }
        });
    }

    /// A `const` alone has no type in a generated client.
    @Test
    void givesEveryPropertyAType() {
        assertEverySchema(schema -> schema.child("properties").names().forEach(name -> {
            JsonNode property = schema.schema("properties").schema(name).node();
            boolean anything = schema.toString().endsWith("/StripeObject") && name.equals("customer");
            assertThat(anything || property.has("type") || property.has("$ref"))
                    .as(name)
                    .isTrue();
        }));
    }

    /// Without one, generators number them: `InlineObject14`.
    @Test
    void givesEveryObjectAName() {
        assertEverySchema(schema -> {
            boolean named = schema.toString().matches("/components/schemas/\\w+");
            boolean isObject = schema.node().path("type").toString().contains("object")
                    || schema.child("properties").exists();
            // An object without properties is a map.
            boolean isMap = !schema.child("properties").exists();
            assertThat(named || !isObject || isMap).isTrue();
            boolean isEnum = schema.node().path("enum").size() > 1;
            assertThat(named || !isEnum).as("an enum has a name").isTrue();
        });
    }

    /// Generators refuse or forget what stands beside a reference, unless it is about the reference's place.
    @Test
    void addsNothingToWhatItRefersTo() {
        assertEverySchema(schema -> {
            if (schema.schema("$ref").exists()) {
                assertThat(schema.names()).isSubsetOf("$ref", "description", "default");
            }
        });
    }

    /// Go makes a function `NewTenant` of the schema `Tenant`.
    @Test
    void callsNoSchemaNew() {
        assertThat(SCHEMAS.names()).isNotEmpty().noneMatch(name -> name.startsWith("New"));
    }

    @Test
    void leavesAnswersOpenForNewFields() {
        Set<String> answers = new TreeSet<>();
        for (Operation operation : API.operations()) {
            Element responses = element(operation).child("responses");
            responses
                    .names()
                    .forEach(status -> contents(responses.child(status))
                            .forEach(schema -> visit(schema, new HashSet<>(), answers)));
        }
        assertThat(answers).contains("/components/schemas/Problem", "/components/schemas/UserCounts");
        assertThat(answers).allSatisfy(pointer -> {
            JsonNode schema = at(pointer);
            assertThat(schema.path("additionalProperties").isBoolean()).isFalse();
            assertThat(schema.has("unevaluatedProperties")).isFalse();
        });
    }

    @Test
    void closesRequestsToUnknownFields() {
        Set<String> closed = new TreeSet<>();
        for (Operation operation : API.operations()) {
            if (!OPEN_REQUESTS.contains(operation.id())) {
                contents(element(operation).child("requestBody"))
                        .forEach(schema -> visit(schema, new HashSet<>(), closed));
            }
        }
        // What an answer shows and nobody can change is ignored when it is sent back, whatever is in it.
        closed.removeIf(pointer ->
                !at(pointer).has("properties") || at(pointer).path("readOnly").asBoolean(false));
        assertThat(closed).contains("/components/schemas/TenantChange").hasSizeGreaterThanOrEqualTo(9);
        assertThat(closed)
                .allSatisfy(pointer -> assertThat(
                                at(pointer).path("additionalProperties").toString())
                        .isEqualTo("false"));
    }

    /// An optional body would come before the tenant where generators put the body first.
    @Test
    void namesThePathsParametersBeforeAllOthers() {
        Element paths = API.document().root().child("paths");
        for (String path : paths.names()) {
            Element parameters = paths.child(path).child("parameters");
            List<String> named = new ArrayList<>();
            for (int i = 0; i < parameters.node().size(); i++) {
                named.add("{" + parameters.index(i).followed().child("name").text() + "}");
            }
            assertThat(named)
                    .as(path)
                    .containsExactlyElementsOf(Stream.of(path.split("/"))
                            .filter(part -> part.startsWith("{"))
                            .toList());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/name", "/0/role", "/line\nbreak", "/\r\n", "/\u2028", "?limit", "?a\nb", "If-Match"})
    void admitsEveryPointerThatTheServiceSends(String pointer) {
        ObjectNode fault = JsonNodeFactory.instance.objectNode();
        fault.put("pointer", pointer).put("message", "is not a field of this request");
        assertThat(SCHEMAS.schema("Fault").faults("fault", fault)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "?", "limit\n?", "if match"})
    void refusesWhatIsNoPointer(String pointer) {
        ObjectNode fault = JsonNodeFactory.instance.objectNode();
        fault.put("pointer", pointer).put("message", "is not a field of this request");
        assertThat(SCHEMAS.schema("Fault").faults("fault", fault)).isNotEmpty();
    }

    @Test
    void readsBothStatesOfProvisioningByOneSchema() {
        JsonNode on = API.document()
                .root()
                .child("components")
                .child("examples")
                .child("ProvisioningOn")
                .child("value")
                .node();
        ObjectNode off = JsonNodeFactory.instance.objectNode().put("active", false);
        Element schema = SCHEMAS.schema("Provisioning");
        assertThat(schema.faults("on", on)).isEmpty();
        assertThat(schema.faults("off", off)).isEmpty();
        assertThat(schema.child("required").node().toString()).isEqualTo("[\"active\"]");

        for (String name : schema.child("properties").names()) {
            ObjectNode less = (ObjectNode) on.deepCopy();
            less.remove(name);
            assertThat(schema.faults("on", less)).as("without " + name).isNotEmpty();
        }
    }

    @Test
    void takesADeletedTenantsTime() {
        Element tenant =
                API.document().root().child("components").child("examples").child("Tenant");
        ObjectNode deleted = (ObjectNode) tenant.child("value").node().deepCopy();
        Element schema = SCHEMAS.schema("Tenant");
        assertThat(schema.faults("", deleted.put("deletedAt", "2025-10-16T07:45:03.002Z")))
                .isEmpty();
        assertThat(schema.faults("", deleted.put("deletedAt", "yesterday"))).isNotEmpty();
    }

    /// Every place where a schema stands: under components, in parameters, headers and bodies, and inside another.
    private static void assertEverySchema(Consumer<Element> rule) {
        List<Element> found = new ArrayList<>();
        collect(API.document().root(), found);
        SCHEMAS.names().forEach(name -> collectSchema(SCHEMAS.schema(name), found));
        assertThat(found).hasSizeGreaterThan(300).allSatisfy(rule);
    }

    private static void collect(Element element, List<Element> found) {
        for (String name : element.names()) {
            if (name.equals("schema")) {
                collectSchema(element.schema(name), found);
            } else if (!Set.of("example", "examples", "schemas").contains(name)) {
                collect(element.schema(name), found);
            }
        }
        for (int i = 0; element.node().isArray() && i < element.node().size(); i++) {
            collect(element.index(i), found);
        }
    }

    private static void collectSchema(Element schema, List<Element> found) {
        found.add(schema);
        below(schema).forEach(below -> collectSchema(below, found));
    }

    /// The schemas that stand inside one. Those of `if`, `then` and `else` only limit what is described
    /// beside them.
    private static List<Element> below(Element schema) {
        List<Element> below = new ArrayList<>();
        Element properties = schema.schema("properties");
        properties.names().forEach(name -> below.add(properties.schema(name)));
        for (String name : List.of("items", "additionalProperties")) {
            if (schema.node().path(name).isObject()) {
                below.add(schema.schema(name));
            }
        }
        for (String composition : List.of("anyOf", "oneOf", "allOf")) {
            for (int i = 0; i < schema.node().path(composition).size(); i++) {
                below.add(schema.schema(composition).index(i));
            }
        }
        return below;
    }

    /// Adds all schemas that a value may have to meet, references followed.
    private static void visit(Element schema, Set<String> seen, Set<String> found) {
        if (!seen.add(schema.toString())) {
            return;
        }
        found.add(schema.toString());
        below(schema).forEach(below -> visit(below, seen, found));
        Element followed = schema.followed();
        if (followed != schema) {
            visit(followed, seen, found);
        }
    }

    private static List<Element> contents(Element holder) {
        Element content = holder.child("content");
        return content.names().stream()
                .map(type -> content.child(type).schema("schema"))
                .toList();
    }

    private static JsonNode at(String pointer) {
        return API.document().root().node().at(pointer);
    }

    private static Element element(Operation operation) {
        return API.document()
                .root()
                .child("paths")
                .child(operation.path())
                .child(operation.method().toLowerCase(Locale.ROOT));
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(item -> item.asString("")).toList();
    }
}
