package dev.tenantry.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.edit.Edit;
import dev.tenantry.refusal.InvalidValue;
import dev.tenantry.refusal.Refusal.Fault;
import dev.tenantry.refusal.Refusal.InvalidRequest;
import dev.tenantry.refusal.Refusal.PayloadTooLarge;
import dev.tenantry.refusal.Refusal.UnsupportedContentEncoding;
import dev.tenantry.refusal.Refusal.UnsupportedMediaType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTest {

    private record Pet(String name, Optional<String> colour, Edit<String> owner) {

        static Pet read(Fields body) {
            var name = body.required("name", Pet::checked);
            var colour = body.optional("colour", Pet::checked);
            var owner = body.nullable("owner", Pet::checked);
            body.readOnly(List.of("id"));
            return body.complete(() -> new Pet(name.get(), colour.get(), owner.get()));
        }

        private static String checked(String text) {
            if (text.isEmpty()) {
                throw new InvalidValue("must not be empty");
            }
            return text;
        }
    }

    private record Engine(
            Optional<Long> power, Edit<Long> range, Optional<Boolean> electric, Optional<Map<String, String>> labels) {

        static Engine read(Fields body) {
            var power = body.optionalInteger("power", Engine::checked);
            var range = body.nullableInteger("range", Engine::checked);
            var electric = body.optionalFlag("electric");
            var labels = body.optionalTexts("labels", 3, (name, text) -> Pet.checked(text), Engine::checked);
            return body.complete(() -> new Engine(power.get(), range.get(), electric.get(), labels.get()));
        }

        private static Long checked(long number) {
            if (number < 0 || number > 100) {
                throw new InvalidValue("must be from 0 to 100");
            }
            return number;
        }

        private static Map<String, String> checked(Map<String, String> labels) {
            if (labels.containsKey("forbidden")) {
                throw new InvalidValue("must not have that");
            }
            return labels;
        }
    }

    private static Engine engine(String json) {
        return body(json).object(Engine::read);
    }

    private static List<Fault> engineFaults(String json) {
        try {
            throw new AssertionError("took " + engine(json));
        } catch (InvalidRequest e) {
            return e.faults();
        }
    }

    @Test
    void readsIntegersFlagsAndTexts() {
        assertThat(engine("{}"))
                .isEqualTo(new Engine(Optional.empty(), new Edit.Keep<>(), Optional.empty(), Optional.empty()));
        assertThat(engine("{\"power\": 0, \"range\": null, \"electric\": false, \"labels\": {}}"))
                .isEqualTo(new Engine(Optional.of(0L), new Edit.Clear<>(), Optional.of(false), Optional.of(Map.of())));
        assertThat(engine(
                        "{\"power\": 100, \"range\": 7, \"electric\": true, \"labels\": {\"a\": \"1\", \"b\": \"2\"}}"))
                .isEqualTo(new Engine(
                        Optional.of(100L),
                        new Edit.Set<>(7L),
                        Optional.of(true),
                        Optional.of(Map.of("a", "1", "b", "2"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1e2", "1E+1", "0.5", "-0.0", "1e400", "\"1\"", "true", "[1]", "{}"})
    void takesNothingForAnIntegerThatIsNotWrittenAsOne(String value) {
        for (String name : List.of("power", "range")) {
            assertThat(engineFaults("{\"" + name + "\": " + value + "}"))
                    .singleElement()
                    .satisfies(fault -> {
                        assertThat(fault.pointer()).isEqualTo("/" + name);
                        assertThat(fault.message()).startsWith("must be an integer");
                    });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "101",
                "2147483648",
                "9223372036854775807",
                "9223372036854775808",
                "-9223372036854775809",
                "18446744073709551617",
                "1000000000000000000000000000000000000"
            })
    void saysOfAnyIntegerOutOfRangeWhatTheRangeIs(String value) {
        assertThat(engineFaults("{\"power\": " + value + "}"))
                .containsExactly(new Fault("/power", "must be from 0 to 100"));
    }

    @Test
    void takesNothingForAFlagButTrueAndFalse() {
        for (String value : List.of("0", "1", "\"true\"", "[]", "{}")) {
            assertThat(engineFaults("{\"electric\": " + value + "}"))
                    .containsExactly(new Fault("/electric", "must be true or false"));
        }
    }

    @Test
    void takesNullForNoValueOfWhatCanOnlyBeLeftOut() {
        for (String name : List.of("power", "electric", "labels")) {
            assertThat(engineFaults("{\"" + name + "\": null}"))
                    .containsExactly(new Fault("/" + name, "must not be null"));
        }
    }

    @Test
    void saysOfEachEntryWhatIsWrongWithIt() {
        assertThat(engineFaults("{\"labels\": {\"a/b~\": 1, \"c\": \"\", \"d\": null}}"))
                .containsExactly(
                        new Fault("/labels/a~1b~0", "must be a string"),
                        new Fault("/labels/c", "must not be empty"),
                        new Fault("/labels/d", "must be a string"));
        assertThat(engineFaults("{\"labels\": {\"forbidden\": \"x\"}}"))
                .containsExactly(new Fault("/labels", "must not have that"));
        assertThat(engineFaults("{\"labels\": {\"a\": 1, \"b\": 1, \"c\": 1, \"d\": 1}}"))
                .containsExactly(new Fault("/labels", "must have at most 3 entries, not 4"));
        for (String value : List.of("[]", "\"a\"", "5")) {
            assertThat(engineFaults("{\"labels\": " + value + "}"))
                    .containsExactly(new Fault("/labels", "must be an object whose values are strings"));
        }
    }

    @Test
    void tellsAbsentNullAndGivenApart() {
        assertThat(pet("{\"name\": \"Rex\"}")).isEqualTo(new Pet("Rex", Optional.empty(), new Edit.Keep<>()));
        assertThat(pet("{\"name\": \"Rex\", \"colour\": \"red\", \"owner\": null}"))
                .isEqualTo(new Pet("Rex", Optional.of("red"), new Edit.Clear<>()));
        assertThat(pet("{\"name\": \"Rex\", \"owner\": \"Ada\"}"))
                .isEqualTo(new Pet("Rex", Optional.empty(), new Edit.Set<>("Ada")));
    }

    @Test
    void takesAValueThatIsSaidInOneOfTwoWays() {
        assertThat(either("{}")).isEqualTo(new Edit.Keep<>());
        assertThat(either("{\"plain\": \"rex\"}")).isEqualTo(new Edit.Set<>("rex"));
        assertThat(either("{\"loud\": \"REX\"}")).isEqualTo(new Edit.Set<>("rex"));
        assertThat(either("{\"plain\": null}")).isEqualTo(new Edit.Clear<>());
        assertThat(either("{\"loud\": null}")).isEqualTo(new Edit.Clear<>());
        for (String both : List.of("\"rex\", \"loud\": \"REX\"", "null, \"loud\": \"REX\"", "null, \"loud\": null")) {
            assertThatThrownBy(() -> either("{\"plain\": " + both + "}"))
                    .isInstanceOfSatisfying(
                            InvalidRequest.class,
                            refusal -> assertThat(refusal.faults())
                                    .extracting(Fault::pointer)
                                    .containsExactly("/plain", "/loud"));
        }
    }

    private static Edit<String> either(String json) {
        return body(json).object(body -> {
            var said = body.nullableEither(
                    "plain", Pet::checked, "loud", text -> Pet.checked(text).toLowerCase(Locale.ROOT));
            return body.complete(said);
        });
    }

    @Test
    void ignoresReadOnlyFields() {
        assertThat(pet("{\"name\": \"Rex\", \"id\": {\"any\": [\"thing\"]}}").name())
                .isEqualTo("Rex");
    }

    @Test
    void namesAllFaultsAtOnce() {
        assertThat(faults("{\"colour\": 5, \"owner\": \"\", \"a/b~c\": 1, \"x\": null}"))
                .containsExactly(
                        new Fault("/name", "is required"),
                        new Fault("/colour", "must be a string"),
                        new Fault("/owner", "must not be empty"),
                        new Fault("/a~1b~0c", "is not a field of this request"),
                        new Fault("/x", "is not a field of this request"));
        assertThat(faults("{\"name\": null, \"colour\": null}"))
                .containsExactly(new Fault("/name", "is required"), new Fault("/colour", "must not be null"));
    }

    @Test
    void namesFaultsOfEveryItem() {
        assertThatThrownBy(() ->
                        body("[{\"name\": \"Rex\"}, 5, {\"name\": \"\"}, {}]").array(10, Pet::read))
                .isInstanceOfSatisfying(
                        InvalidRequest.class,
                        refusal -> assertThat(refusal.faults())
                                .containsExactly(
                                        new Fault("/1", "must be a JSON object"),
                                        new Fault("/2/name", "must not be empty"),
                                        new Fault("/3/name", "is required")));
    }

    @Test
    void countsItems() {
        for (String json : List.of("[]", "[{},{},{}]", "{}")) {
            assertThatThrownBy(() -> body(json).array(2, Pet::read)).isInstanceOf(InvalidRequest.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[]",
                "null",
                "5",
                "\"text\"",
                "{\"name\": \"Rex\"} x",
                "{'name': 'Rex'}",
                "{name: 1}",
                "{\"name\": \"Rex\", \"name\": \"Max\"}",
                "{\"name\": \"Rex\",}",
                "{\"name\": NaN}",
                "// x\n{}",
                "{\"name\": \"a\nb\"}"
            })
    void refusesWhatIsNoObject(String json) {
        assertThatThrownBy(() -> pet(json))
                .isInstanceOfSatisfying(
                        InvalidRequest.class,
                        refusal -> assertThat(refusal.faults()).singleElement().satisfies(fault -> {
                            assertThat(fault.pointer()).isEmpty();
                            assertThat(fault.message()).doesNotContain("jackson", "Source", "Token");
                        }));
    }

    @Test
    void refusesDeepNesting() {
        assertThatThrownBy(() -> pet("{\"id\":" + "[".repeat(100) + "]".repeat(100) + "}"))
                .isInstanceOf(InvalidRequest.class);
    }

    @Test
    void refusesWhatIsNoUtf8() {
        byte[] latin1 = "{\"name\": \"Käthe\"}".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> Body.of(event(Map.of(), latin1)).object(Pet::read))
                .isInstanceOfSatisfying(
                        InvalidRequest.class,
                        refusal -> assertThat(refusal.faults()).containsExactly(new Fault("", "must be UTF-8")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "application/json; charset=utf-8", "Application/JSON;charset=\"UTF-8\""})
    void takesJson(String contentType) {
        assertThat(Body.of(event(
                                Map.of("content-type", contentType),
                                "{\"name\": \"Rex\"}".getBytes(StandardCharsets.UTF_8)))
                        .object(Pet::read)
                        .name())
                .isEqualTo("Rex");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16",
                "application/jsonp", ";", ""
            })
    void refusesOtherMediaTypes(String contentType) {
        assertThatThrownBy(() ->
                        Body.of(event(Map.of("content-type", contentType), "{}".getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(UnsupportedMediaType.class);
    }

    @Test
    void skipsAByteOrderMark() {
        assertThat(pet("\ufeff{\"name\": \"Rex\"}").name()).isEqualTo("Rex");
        for (String text : List.of("\ufeff", "\ufeff\ufeff{\"name\": \"Rex\"}", "{\ufeff\"name\": \"Rex\"}")) {
            assertThatThrownBy(() -> pet(text)).isInstanceOf(InvalidRequest.class);
        }
        // Of UTF-16, which JSON is not written in (RFC 8259 §8.1).
        assertThatThrownBy(
                        () -> Body.of(event(Map.of(), "\ufeff{\"name\": \"Rex\"}".getBytes(StandardCharsets.UTF_16BE))))
                .isInstanceOf(InvalidRequest.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP", "br", "deflate", "identity, gzip", "x-unheard-of"})
    void refusesABodyThatSaysToBeCompressed(String encoding) {
        assertThatThrownBy(() -> Body.of(event(Map.of("content-encoding", encoding), "{}".getBytes(UTF_8))))
                .isInstanceOf(UnsupportedContentEncoding.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "Identity", "", " ", "identity,identity"})
    void takesABodyThatIsNot(String encoding) {
        assertThat(Body.of(event(Map.of("content-encoding", encoding), "{\"name\": \"Rex\"}".getBytes(UTF_8)))
                        .object(Pet::read)
                        .name())
                .isEqualTo("Rex");
    }

    /// Many a proxy drops the header and leaves the body.
    @Test
    void tellsACompressedBodyFromNonsense() throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write("{\"name\": \"Rex\"}".getBytes(UTF_8));
        }
        assertThatThrownBy(() -> Body.of(event(Map.of(), compressed.toByteArray())))
                .isInstanceOf(UnsupportedContentEncoding.class);
    }

    @Test
    void saysTheSameHoweverItIsWritten() {
        assertThat(said("\ufeff{\"b\": 1.0,\n\"a\": \"\\u0041\"}")).isEqualTo(said("{\"a\":\"A\",\"b\":1}"));
        assertThat(said("{\"a\":\"B\",\"b\":1}")).isNotEqualTo(said("{\"a\":\"A\",\"b\":1}"));
        // What is no JSON is compared as it is.
        assertThat(said("{ ")).isEqualTo("{ ").isNotEqualTo(said("{"));
        assertThat(said("{\"a\":1,\"a\":2}")).isEqualTo("{\"a\":1,\"a\":2}");
    }

    @Test
    void saysTheSameInEachWayOfSayingNothing() {
        assertThat(said("")).isEqualTo(said("{}")).isEqualTo(said("null")).isEqualTo(said(" { } "));
        assertThat(said("")).isNotEqualTo(said("[]")).isNotEqualTo(said("{\"a\":null}"));
    }

    private static String said(String body) {
        return new String(Body.said(event(Map.of(), body.getBytes(UTF_8))), UTF_8);
    }

    @Test
    void refusesMoreThan256KiB() {
        String longest = "{\"name\": \"" + "x".repeat(256 * 1024 - 12) + "\"}";

        assertThat(pet(longest).name()).hasSize(256 * 1024 - 12);
        assertThatThrownBy(() -> pet(longest + " ")).isInstanceOf(PayloadTooLarge.class);
    }

    private static List<Fault> faults(String json) {
        try {
            pet(json);
        } catch (InvalidRequest e) {
            return e.faults();
        }
        return List.of();
    }

    private static Pet pet(String json) {
        return body(json).object(Pet::read);
    }

    private static Body body(String json) {
        return Body.of(event(Map.of(), json.getBytes(StandardCharsets.UTF_8)));
    }

    private static HttpEvent event(Map<String, String> headers, byte[] body) {
        return new HttpEvent(
                "POST /pet",
                "POST",
                "/pet",
                "",
                headers,
                Map.of(),
                Map.of(),
                "192.0.2.1",
                "request",
                body.length == 0 ? Optional.empty() : Optional.of(body));
    }
}
