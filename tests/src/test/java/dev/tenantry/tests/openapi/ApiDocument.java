package dev.tenantry.tests.openapi;

import com.networknt.org.apache.commons.validator.routines.DomainValidator;
import com.networknt.org.apache.commons.validator.routines.DomainValidator.ArrayType;
import com.networknt.org.apache.commons.validator.routines.DomainValidator.Item;
import com.networknt.org.apache.commons.validator.routines.EmailValidator;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.format.EmailFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// An OpenAPI 3.1 document as a tree whose references are followed and whose schemas can be applied.
final class ApiDocument {

    private static final String ADDRESS = "urn:tenantry:openapi";

    /// The validator knows the domains of the real world only. Demo people live in one that RFC 2606 §2 reserves.
    private static final Dialect OPEN_API = Dialect.builder(Dialects.getOpenApi31())
            .format(new EmailFormat(new EmailValidator(
                    false,
                    false,
                    DomainValidator.getInstance(
                            false, List.of(new Item(ArrayType.GENERIC_PLUS, new String[] {"example"}))))))
            .build();

    private final JsonNode tree;
    private final SchemaRegistry schemas;

    private ApiDocument(JsonNode tree) {
        this.tree = tree;
        this.schemas = SchemaRegistry.withDefaultDialect(
                OPEN_API,
                registry -> registry.schemas(Map.of(ADDRESS, closed(tree).toString()))
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .formatAssertionsEnabled(true)
                                .locale(Locale.ENGLISH)
                                .build()));
    }

    static ApiDocument parse(String yaml) {
        var mapper = YAMLMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        return new ApiDocument(mapper.readTree(yaml));
    }

    /// The document with every object closed that does not say of itself that it is open. The published schemas of
    /// answers take fields that later versions add; this version is held to those that it documents.
    private static JsonNode closed(JsonNode tree) {
        JsonNode copy = tree.deepCopy();
        copy.at("/components/schemas").forEach(schema -> {
            if (schema.has("properties") && !schema.has("additionalProperties")) {
                ((ObjectNode) schema).put("additionalProperties", false);
            }
        });
        return copy;
    }

    Element root() {
        return new Element(JsonPointer.empty());
    }

    /// A place in the document. It may be empty: asking for what is not there is no error.
    final class Element {

        private final JsonPointer pointer;

        private Element(JsonPointer pointer) {
            this.pointer = pointer;
        }

        JsonNode node() {
            return tree.at(pointer);
        }

        boolean exists() {
            return !node().isMissingNode();
        }

        /// The text here, empty if there is none.
        String text() {
            return node().asString("");
        }

        /// The part of this name; if a reference stands there, what it refers to.
        Element child(String name) {
            return schema(name).followed();
        }

        /// What the reference here refers to; without one, this.
        Element followed() {
            String reference = node().path("$ref").asString("");
            return reference.isEmpty() ? this : new Element(JsonPointer.compile(reference.substring(1)));
        }

        /// The part of this name as it stands, reference or not: a schema may add to what it refers to.
        Element schema(String name) {
            return new Element(pointer.appendProperty(name));
        }

        Element index(int index) {
            return new Element(pointer.appendIndex(index));
        }

        List<String> names() {
            return List.copyOf(node().propertyNames());
        }

        /// What is wrong with a value according to the schema that stands here, formats and undocumented fields
        /// included; one line each, beginning with the value's name and a JSON pointer into it.
        List<String> faults(String name, JsonNode value) {
            return schemas.getSchema(SchemaLocation.of(ADDRESS + "#" + pointer)).validate(value).stream()
                    .map(error -> (name + " " + error.getInstanceLocation()).strip() + ": " + error.getMessage())
                    .distinct()
                    .toList();
        }

        @Override
        public String toString() {
            return pointer.toString();
        }
    }
}
