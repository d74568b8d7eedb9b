package dev.tenantry.tests.openapi;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.tests.openapi.ApiDocument.Element;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OpenApiTest {

    private static final OpenApi API = OpenApi.load();

    private static final String TENANT = """
            {"id": 42, "name": "Acme Charging", "domainPrefix": "acme", "stripeCustomerId": null,
             "connectUrl": "wss://acme.ocpp.example.com/", "customDomain": null,
             "customDomainStatus": null, "customDomainRecord": null, "suspendedAt": null,
             "createdAt": "2025-10-15T15:19:50.834Z", "updatedAt": "2025-10-15T15:19:50.834Z", "deletedAt": null}
            """;

    private static final String USER = """
            {"userId": "11111111-1111-4111-8111-111111111111", "username": "ada@example.com", "givenName": "Ada",
             "familyName": "Lovelace", "role": "admin", "joinedAt": "2025-10-15T15:19:50.834Z"}
            """;

    private static final String NOT_FOUND = """
            {"type": "urn:tenantry:problem:tenant_not_found", "title": "No such tenant", "status": 404,
             "detail": "There is no such tenant, or you are not a member of it.", "instance": "/tenant/acme",
             "code": "tenant_not_found", "requestId": "r1"}
            """;

    private static final Map<String, List<String>> TENANT_HEADERS = headers(
            "content-type", "application/json",
            "etag", "\"7\"",
            "x-request-id", "r1",
            "cache-control", "no-store");

    private static final Map<String, List<String>> PROBLEM_HEADERS =
            headers("content-type", "application/problem+json", "x-request-id", "r1", "cache-control", "no-store");

    @Test
    void knowsTheOperationsOfTheDocument() {
        assertThat(API.operations())
                .contains(
                        new Operation("GET", "/tenant/{tenant}", "getTenant", "viewer", false),
                        new Operation("DELETE", "/tenant/{tenant}", "deleteTenant", "admin", true))
                .hasSize(42)
                .doesNotHaveDuplicates();
    }

    @Test
    void acceptsAGoodAnswer() {
        assertThatCode(() -> checkTenant(200, TENANT_HEADERS, TENANT)).doesNotThrowAnyException();
    }

    @Test
    void acceptsAPathTemplateAndAQuery() {
        assertThatCode(() -> API.check("GET", "/tenant/{tenant}?x=/", 200, TENANT_HEADERS, TENANT))
                .doesNotThrowAnyException();
    }

    @Test
    void acceptsAMediaTypeWithParameters() {
        var headers = with(TENANT_HEADERS, "content-type", "application/json; charset=utf-8");
        assertThatCode(() -> checkTenant(200, headers, TENANT)).doesNotThrowAnyException();
    }

    @Test
    void refusesAnUndocumentedField() {
        refusesBody(TENANT.replace("\"id\":", "\"secret\": 1, \"id\":")).hasMessageContaining("'secret'");
    }

    @Test
    void refusesAnUndocumentedFieldInsideAList() {
        var headers = without(TENANT_HEADERS, "etag");
        assertThatThrownBy(() -> API.check(
                        "GET",
                        "/tenant/acme/user",
                        200,
                        headers,
                        "[" + USER + "," + USER.replace("{", "{\"tenantId\": 42, ") + "]"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("/1: ")
                .hasMessageContaining("'tenantId'");
    }

    @Test
    void refusesAMissingField() {
        refusesBody(TENANT.replace("\"id\": 42,", "")).hasMessageContaining("'id'");
    }

    @Test
    void refusesAWrongType() {
        refusesBody(TENANT.replace("42", "\"42\"")).hasMessageContaining("/id: string found, integer expected");
    }

    @Test
    void refusesATimeWithoutMilliseconds() {
        refusesBody(TENANT.replaceFirst("\\.834Z", "Z")).hasMessageContaining("/createdAt: ");
    }

    @Test
    void refusesATimeThatIsNone() {
        refusesBody(TENANT.replaceFirst("2025-10-15", "2025-13-15")).hasMessageContaining("/createdAt: ");
    }

    @Test
    void refusesAUserIdThatIsNoUuid() {
        var headers = without(TENANT_HEADERS, "etag");
        assertThatThrownBy(() -> API.check(
                        "GET", "/tenant/acme/user", 200, headers, "[" + USER.replace("11111111-", "ada-") + "]"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("/0/userId: ");
    }

    @Test
    void refusesAFieldThatIsThereTwice() {
        refusesBody(TENANT.replace("\"id\": 42", "\"id\": 42, \"id\": 43")).hasMessageContaining("not JSON");
    }

    @Test
    void refusesBrokenJson() {
        refusesBody("{").hasMessageContaining("not JSON");
    }

    @Test
    void refusesAMissingBody() {
        refusesBody("").hasMessageContaining("the body is missing");
    }

    @Test
    void refusesAnUndocumentedStatus() {
        refuses(418, TENANT_HEADERS, TENANT).hasMessageContaining("status 418 is not documented for getTenant");
    }

    @Test
    void refusesAnUndocumentedOperation() {
        assertThatThrownBy(() -> API.check("PATCH", "/tenant/acme", 200, TENANT_HEADERS, TENANT))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("PATCH /tenant/acme")
                .hasMessageContaining("the operation is not documented");
    }

    @Test
    void refusesAMissingHeader() {
        refuses(200, without(TENANT_HEADERS, "etag"), TENANT).hasMessageContaining("header ETag is missing");
    }

    @Test
    void refusesAHeaderOfAnotherForm() {
        refuses(200, with(TENANT_HEADERS, "etag", "W/\"7\""), TENANT).hasMessageContaining("header ETag: ");
    }

    @Test
    void refusesAnotherMediaType() {
        refuses(200, with(TENANT_HEADERS, "content-type", "text/html"), TENANT)
                .hasMessageContaining("content type is \"text/html\"");
    }

    @Test
    void namesAllDiscrepanciesAtOnce() {
        refuses(
                        200,
                        without(TENANT_HEADERS, "x-request-id"),
                        TENANT.replace("42", "0").replace("null", "1"))
                .hasMessageContaining("X-Request-Id")
                .hasMessageContaining("/id: ")
                .hasMessageContaining("/customDomain: ")
                .hasMessageContaining("/deletedAt: ");
    }

    @Test
    void acceptsADocumentedProblem() {
        assertThatCode(() -> checkTenant(404, PROBLEM_HEADERS, NOT_FOUND)).doesNotThrowAnyException();
    }

    @Test
    void refusesAProblemWithACodeOfAnotherOperation() {
        refuses(404, PROBLEM_HEADERS, NOT_FOUND.replace("tenant_not_found", "user_not_found"))
                .hasMessageContaining("/code: ");
    }

    @Test
    void refusesAnUndocumentedFieldInAProblem() {
        refuses(404, PROBLEM_HEADERS, NOT_FOUND.replace("{", "{\"stackTrace\": [], "))
                .hasMessageContaining("'stackTrace'");
    }

    @Test
    void refusesAProblemThatContradictsItsAnswer() {
        refuses(404, with(PROBLEM_HEADERS, "x-request-id", "r2"), NOT_FOUND.replace("404", "403"))
                .hasMessageContaining("/status: is 403")
                .hasMessageContaining("/requestId: ");
    }

    @Test
    void refusesAProblemWhoseTypeIsAnotherCode() {
        refuses(404, PROBLEM_HEADERS, NOT_FOUND.replace("problem:tenant_not_found", "problem:user_not_found"))
                .hasMessageContaining("/type: ");
    }

    @Test
    void acceptsTheGatewaysOwnAnswer() {
        assertThatCode(() -> checkTenant(
                        401, headers("content-type", "application/json"), "{\"message\": \"Unauthorized\"}"))
                .doesNotThrowAnyException();
    }

    @Test
    void readsNumbersInHeaders() {
        var headers = with(PROBLEM_HEADERS, "retry-after", "soon");
        var unavailable = NOT_FOUND.replace("404", "503").replace("tenant_not_found", "unavailable");
        assertThatCode(() -> checkTenant(503, with(headers, "retry-after", "2"), unavailable))
                .doesNotThrowAnyException();
        refuses(503, headers, unavailable).hasMessageContaining("header Retry-After: ");
    }

    @Test
    void refusesABodyWhereThereIsNone() {
        var headers = headers("x-request-id", "r1", "cache-control", "no-store");
        assertThatCode(() -> API.check("DELETE", "/tenant/acme", 204, headers, ""))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> API.check("DELETE", "/tenant/acme", 204, headers, "{}"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("a body is not documented");
    }

    @Test
    void acceptsAnUnknownPathAnsweredAsSuch() {
        assertThatCode(() -> API.checkUnrouted(
                        "GET", "/nowhere", 404, PROBLEM_HEADERS, NOT_FOUND.replace("tenant_not_found", "not_found")))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesAnUnknownMethodAnsweredAsAnUnknownPath() {
        assertThatThrownBy(() -> API.checkUnrouted(
                        "PATCH",
                        "/tenant/acme",
                        404,
                        PROBLEM_HEADERS,
                        NOT_FOUND.replace("tenant_not_found", "not_found")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("status is 404, not 405")
                .hasMessageContaining("method_not_allowed");
    }

    @Test
    void refusesADocumentedOperationAsUnrouted() {
        assertThatThrownBy(() -> API.checkUnrouted("GET", "/tenant/acme", 404, PROBLEM_HEADERS, NOT_FOUND))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("documented operation getTenant");
    }

    @Test
    void acceptsAnEditedAnswerAsARequest() {
        assertThatCode(() -> API.checkRequest("PUT", "/tenant/acme", "application/json", TENANT))
                .doesNotThrowAnyException();
        assertThatCode(() -> API.checkRequest("PUT", "/tenant/acme/user", "application/json", "[" + USER + "]"))
                .doesNotThrowAnyException();
        String one = "/tenant/acme/user/11111111-1111-4111-8111-111111111111";
        // By either name that the list and its `PUT` have for it.
        for (String body : List.of(USER, USER.replace("userId", "id"))) {
            assertThatCode(() -> API.checkRequest("PUT", one, "application/json", body))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void refusesAnUnknownFieldInARequest() {
        assertThatThrownBy(() -> API.checkRequest("PUT", "/tenant/acme", "application/json", "{\"colour\": \"green\"}"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("'colour'");
    }

    @Test
    void refusesARequestBodyThatNobodyReads() {
        assertThatThrownBy(() -> API.checkRequest("DELETE", "/tenant/acme", "application/json", "{}"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("a body is not documented");
    }

    @Test
    void everyOperationIsExplained() {
        Element paths = API.document().root().child("paths");
        assertThat(API.operations()).allSatisfy(operation -> {
            Element element =
                    paths.child(operation.path()).child(operation.method().toLowerCase(Locale.ROOT));
            assertThat(operation.id()).isNotBlank();
            assertThat(element.child("summary").text()).isNotBlank();
            assertThat(element.child("description").text()).isNotBlank();
            assertThat(operation.requiredRole()).isIn("viewer", "user", "admin", "signed-in", "stripe");
        });
    }

    /// Everything with a schema of its own that is always there: a body, a required parameter or a header.
    static Stream<Element> describedValues() {
        return elements(API.document().root())
                .filter(element -> element.node().path("schema").isObject())
                .filter(element -> !element.node().path("in").isTextual()
                        || element.node().path("required").asBoolean());
    }

    /// Generators and forms send a parameter's example as if the caller had chosen it: a cursor of nowhere, a
    /// version that the tenant does not have.
    @ParameterizedTest(name = "{0}")
    @MethodSource("optionalParameters")
    void noOptionalParameterHasAnExampleThatToolsWouldSend(Element parameter) {
        assertThat(parameter.node().has("example") || parameter.node().has("examples"))
                .isFalse();
        assertThat(parameter.node().path("schema").has("example")
                        || parameter.node().path("schema").has("examples"))
                .isFalse();
    }

    static Stream<Element> optionalParameters() {
        return elements(API.document().root())
                .filter(element -> element.node().path("in").isTextual()
                        && element.node().path("schema").isObject())
                .filter(element -> !element.node().path("required").asBoolean());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("describedValues")
    void everyBodyParameterAndHeaderHasExamplesThatFitItsSchema(Element element) {
        var examples = new ArrayList<Element>();
        if (element.schema("example").exists()) {
            examples.add(element.schema("example"));
        }
        Element named = element.child("examples");
        named.names().forEach(name -> examples.add(named.child(name).schema("value")));

        assertThat(examples).as("examples").isNotEmpty();
        assertThat(examples)
                .allSatisfy(example -> assertThat(element.schema("schema").faults("example", example.node()))
                        .isEmpty());
    }

    /// Every schema that shows examples of its own.
    static Stream<Element> schemasWithExamples() {
        return elements(API.document().root())
                .filter(element -> element.node().path("examples").isArray());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("schemasWithExamples")
    void everySchemasExamplesFit(Element schema) {
        assertThat(schema.node().path("examples").values())
                .isNotEmpty()
                .allSatisfy(
                        example -> assertThat(schema.faults("example", example)).isEmpty());
    }

    /// An element and all below it, examples left out: what looks like a schema in there is none.
    private static Stream<Element> elements(Element element) {
        Stream<Element> fields = element.names().stream()
                .filter(name -> !name.equals("example") && !name.equals("examples"))
                .map(element::schema);
        Stream<Element> items = Stream.iterate(0, i -> i + 1)
                .limit(element.node().isArray() ? element.node().size() : 0)
                .map(element::index);
        return Stream.concat(Stream.of(element), Stream.concat(fields, items).flatMap(OpenApiTest::elements));
    }

    private static void checkTenant(int status, Map<String, List<String>> headers, String body) {
        API.check("GET", "/tenant/acme", status, headers, body);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refusesBody(String body) {
        return refuses(200, TENANT_HEADERS, body);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refuses(
            int status, Map<String, List<String>> headers, String body) {
        return assertThatThrownBy(() -> checkTenant(status, headers, body)).isInstanceOf(AssertionError.class);
    }

    private static Map<String, List<String>> headers(String... namesAndValues) {
        return Stream.iterate(0, i -> i + 2)
                .limit(namesAndValues.length / 2)
                .collect(toMap(i -> namesAndValues[i], i -> List.of(namesAndValues[i + 1])));
    }

    private static Map<String, List<String>> with(Map<String, List<String>> headers, String name, String value) {
        var changed = new HashMap<>(headers);
        changed.put(name, List.of(value));
        return changed;
    }

    private static Map<String, List<String>> without(Map<String, List<String>> headers, String name) {
        var changed = new HashMap<>(headers);
        changed.remove(name);
        return changed;
    }
}
