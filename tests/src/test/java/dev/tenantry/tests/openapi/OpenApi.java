package dev.tenantry.tests.openapi;

import dev.tenantry.tests.openapi.ApiDocument.Element;
import dev.tenantry.tests.project.Project;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// The service's own `openapi.yaml` as the judge of requests and answers. Every check reports all discrepancies at
/// once.
public final class OpenApi {

    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final ApiDocument document;
    private final List<Operation> operations;

    private OpenApi(ApiDocument document) {
        this.document = document;
        this.operations = operationsOf(document);
    }

    /// Reads `openapi.yaml` at the root of the project.
    public static OpenApi load() {
        return parse(Project.read(Project.root().resolve("openapi.yaml")));
    }

    static OpenApi parse(String yaml) {
        return new OpenApi(ApiDocument.parse(yaml));
    }

    ApiDocument document() {
        return document;
    }

    /// All documented operations, in the document's order.
    public List<Operation> operations() {
        return operations;
    }

    /// Whether a call is one of a documented operation.
    public boolean documents(String method, String path) {
        return find(method, path).isPresent();
    }

    /// Checks an answer as Java's HTTP client received it.
    ///
    /// @throws AssertionError naming every discrepancy
    public void check(HttpResponse<String> answer) {
        check(
                answer.request().method(),
                answer.request().uri().getRawPath(),
                answer.statusCode(),
                answer.headers().map(),
                answer.body());
    }

    /// Checks that an answer is documented for the operation that was called: its status, media type, headers and
    /// body.
    ///
    /// @param path what was called, with or without a query, or the path template
    /// @param body empty if there is none
    /// @throws AssertionError naming every discrepancy
    public void check(String method, String path, int status, Map<String, List<String>> headers, String body) {
        var faults = new ArrayList<String>();
        find(method, path)
                .ifPresentOrElse(
                        operation -> {
                            Element response =
                                    element(operation).child("responses").child(Integer.toString(status));
                            if (response.exists()) {
                                checkResponse(response, status, headers, body, faults);
                            } else {
                                faults.add("status " + status + " is not documented for " + operation.id());
                            }
                        },
                        () -> faults.add("the operation is not documented"));
        report(method + " " + path + " -> " + status, faults);
    }

    /// Checks the answer to a call that no operation takes: 404 `not_found` if its path is unknown, 405
    /// `method_not_allowed` if only its method is.
    ///
    /// @throws AssertionError naming every discrepancy
    public void checkUnrouted(String method, String path, int status, Map<String, List<String>> headers, String body) {
        var faults = new ArrayList<String>();
        find(method, path).ifPresent(operation -> faults.add("this is the documented operation " + operation.id()));
        boolean knownPath = operations.stream().anyMatch(operation -> operation.takes(withoutQuery(path)));
        int expectedStatus = knownPath ? 405 : 404;
        if (status != expectedStatus) {
            faults.add("status is " + status + ", not " + expectedStatus);
        }
        Element components = document.root().child("components");
        for (String name : List.of("X-Request-Id", "Cache-Control")) {
            checkHeader(name, components.child("headers").child(name), headers, faults);
        }
        checkMediaType(List.of("application/problem+json"), headers, faults);
        parse(body, faults).ifPresent(json -> {
            faults.addAll(components.child("schemas").schema("Problem").faults("body", json));
            checkProblem(json, status, headers, faults);
            String expectedCode = knownPath ? "method_not_allowed" : "not_found";
            if (!json.path("code").asString("").equals(expectedCode)) {
                faults.add("body /code: is " + json.path("code") + ", not \"" + expectedCode + "\"");
            }
        });
        report(method + " " + path + " -> " + status, faults);
    }

    /// Checks that a request body is one that the operation documents. One that may be left out may be `null` as
    /// well, which no schema says: generators would make a type of it.
    ///
    /// @throws AssertionError naming every discrepancy
    public void checkRequest(String method, String path, String contentType, String body) {
        var faults = new ArrayList<String>();
        find(method, path)
                .ifPresentOrElse(
                        operation -> {
                            Element requestBody = element(operation).child("requestBody");
                            boolean mayBeNull =
                                    !requestBody.node().path("required").asBoolean();
                            if (!mayBeNull || !body.strip().equals("null")) {
                                checkContent(
                                        requestBody.child("content"),
                                        Map.of("content-type", List.of(contentType)),
                                        body,
                                        faults);
                            }
                        },
                        () -> faults.add("the operation is not documented"));
        report(method + " " + path + " with a body", faults);
    }

    private static void checkResponse(
            Element response, int status, Map<String, List<String>> headers, String body, List<String> faults) {
        Element documented = response.child("headers");
        documented.names().forEach(name -> checkHeader(name, documented.child(name), headers, faults));
        checkContent(response.child("content"), headers, body, faults).ifPresent(json -> {
            if (mediaType(headers).equals("application/problem+json")) {
                checkProblem(json, status, headers, faults);
                List<String> codes = response.child("x-problem-codes")
                        .node()
                        .valueStream()
                        .map(code -> code.asString(""))
                        .toList();
                if (!codes.contains(json.path("code").asString(""))) {
                    faults.add("body /code: is " + json.path("code") + ", not one of " + codes);
                }
            }
        });
    }

    private static void checkHeader(
            String name, Element header, Map<String, List<String>> headers, List<String> faults) {
        List<String> values = valuesOf(name, headers);
        if (values.isEmpty() && header.child("required").node().asBoolean(false)) {
            faults.add("header " + name + " is missing");
        }
        boolean number = header.child("schema").child("type").text().equals("integer");
        for (String value : values) {
            JsonNode json = number && value.matches("\\d{1,18}")
                    ? JsonNodeFactory.instance.numberNode(Long.parseLong(value))
                    : JsonNodeFactory.instance.stringNode(value);
            faults.addAll(header.schema("schema").faults("header " + name, json));
        }
    }

    /// Returns the body if it is what is documented to have a body and is JSON.
    private static Optional<JsonNode> checkContent(
            Element content, Map<String, List<String>> headers, String body, List<String> faults) {
        if (!content.exists()) {
            if (!body.isEmpty()) {
                faults.add("a body is not documented, but there is one: " + body);
            }
            return Optional.empty();
        }
        checkMediaType(content.names(), headers, faults);
        // Whatever else it is, CSV is a string.
        Optional<JsonNode> json = mediaType(headers).equals("text/csv")
                ? Optional.of(JsonNodeFactory.instance.stringNode(body))
                : parse(body, faults);
        Element documented = content.child(mediaType(headers));
        if (documented.exists()) {
            json.ifPresent(value -> faults.addAll(schema(documented, value).faults("body", value)));
        }
        return json;
    }

    /// The schema that a body has to meet: of `x-single-item`, an item that stands alone meets that of the items.
    private static Element schema(Element documented, JsonNode body) {
        Element schema = documented.schema("schema");
        return documented.child("x-single-item").node().asBoolean(false) && body.isObject()
                ? schema.schema("items")
                : schema;
    }

    private static void checkMediaType(
            List<String> documented, Map<String, List<String>> headers, List<String> faults) {
        if (!documented.contains(mediaType(headers))) {
            faults.add("content type is \"" + mediaType(headers) + "\", not one of " + documented);
        }
    }

    /// What the guide in the document promises and no schema can say: a problem agrees with the answer it is in.
    private static void checkProblem(
            JsonNode problem, int status, Map<String, List<String>> headers, List<String> faults) {
        if (problem.has("status") && problem.path("status").asInt(0) != status) {
            faults.add("body /status: is " + problem.path("status") + ", but the answer's is " + status);
        }
        if (problem.has("requestId")
                && !valuesOf("X-Request-Id", headers)
                        .contains(problem.path("requestId").asString(""))) {
            faults.add("body /requestId: is not the X-Request-Id");
        }
        String code = problem.path("code").asString("");
        if (problem.has("type") && !problem.path("type").asString("").equals("urn:tenantry:problem:" + code)) {
            faults.add("body /type: does not end with the code " + code);
        }
    }

    private static Optional<JsonNode> parse(String body, List<String> faults) {
        if (body.isBlank()) {
            faults.add("the body is missing");
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readTree(body));
        } catch (JacksonException e) {
            faults.add("the body is not JSON: " + e.getOriginalMessage());
            return Optional.empty();
        }
    }

    private static String mediaType(Map<String, List<String>> headers) {
        List<String> values = valuesOf("Content-Type", headers);
        return values.isEmpty()
                ? ""
                : values.getFirst().replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    }

    private static List<String> valuesOf(String name, Map<String, List<String>> headers) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .flatMap(header -> header.getValue().stream())
                .toList();
    }

    private Optional<Operation> find(String method, String path) {
        return operations.stream()
                .filter(operation -> operation.method().equals(method) && operation.takes(withoutQuery(path)))
                .findFirst();
    }

    private Element element(Operation operation) {
        return document.root()
                .child("paths")
                .child(operation.path())
                .child(operation.method().toLowerCase(Locale.ROOT));
    }

    private static String withoutQuery(String path) {
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    private static void report(String what, List<String> faults) {
        if (!faults.isEmpty()) {
            throw new AssertionError(what + " is not as openapi.yaml has it:\n- " + String.join("\n- ", faults));
        }
    }

    private static List<Operation> operationsOf(ApiDocument document) {
        var found = new ArrayList<Operation>();
        Element paths = document.root().child("paths");
        for (String path : paths.names()) {
            for (String method : paths.child(path).names()) {
                if (METHODS.contains(method)) {
                    Element operation = paths.child(path).child(method);
                    found.add(new Operation(
                            method.toUpperCase(Locale.ROOT),
                            path,
                            operation.child("operationId").text(),
                            operation.child("x-required-role").text(),
                            operation.child("x-extension").node().asBoolean(false)));
                }
            }
        }
        return List.copyOf(found);
    }
}
