package dev.tenantry.functions.usageingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.refusal.InvalidValue;
import dev.tenantry.usage.Counters;
import dev.tenantry.usage.Report;
import dev.tenantry.usage.Sample;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportBodyTest {

    private static final String AT = "\"at\": \"2026-03-01T09:30:00Z\"";
    private static final String NAMED = "\"id\": \"1\", \"tenant\": \"acme\", \"charger\": \"W1\", " + AT;
    private static final String[] COUNTERS = {"messagesIn", "messagesOut", "bytesIn", "bytesOut", "errors"};

    @Test
    void readsAReport() {
        Report report = ReportBody.read("""
                {"samples": [
                  {"errors": 7, "bytesOut": 4, "bytesIn": 3, "messagesOut": 2, "messagesIn": 1,
                   "at": "2026-03-01T10:30:00.123456+01:00", "charger": "W1"},
                  {"at": "2026-03-01T09:31:00.000Z"}],
                 "tenant": "acme", "id": "node-7/1"}
                """);
        assertThat(report)
                .isEqualTo(new Report(
                        "node-7/1",
                        new DomainPrefix("acme"),
                        List.of(
                                new Sample(
                                        Instant.parse("2026-03-01T09:30:00.123Z"),
                                        Optional.of("W1"),
                                        new Counters(1, 2, 3, 4, 0, 0, 7)),
                                Sample.of(Instant.parse("2026-03-01T09:31:00Z"), Counters.ZERO))));
    }

    @Test
    void takesASampleAloneForAReportOfOne() {
        assertThat(read(", \"bytesOut\": 9"))
                .isEqualTo(ReportBody.read("{\"id\":\"1\",\"tenant\":\"acme\",\"samples\":[{\"charger\":\"W1\"," + AT
                        + ",\"bytesOut\":9}]}"));
        assertThat(ReportBody.read("{\"id\":\"1\",\"tenant\":\"acme\"," + AT + "}")
                        .samples())
                .containsExactly(Sample.of(Instant.parse("2026-03-01T09:30:00Z"), Counters.ZERO));
    }

    @Test
    void takesUpToTenThousandSamples() {
        assertThat(ReportBody.read(samples(Collections.nCopies(10_000, "{" + AT + "}")))
                        .samples())
                .hasSize(10_000);
        assertThatThrownBy(() -> ReportBody.read(samples(Collections.nCopies(10_001, "{" + AT + "}"))))
                .hasMessage("must have 1 to 10000 samples");
        assertThatThrownBy(() -> ReportBody.read(samples(List.of()))).hasMessage("must have 1 to 10000 samples");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"at":"now"}                                    | /samples/2/at must be an ISO 8601 time with Z or an offset, such as 2026-01-31T12:00:00.000Z
            {"at":5}                                        | /samples/2/at must be text
            {"messagesIn":1}                                | /samples/2 must have at
            {"at":"2026-03-01T09:30:00Z","messagesIn":-1}   | /samples/2/messagesIn must be an integer from 0 to 10^12
            {"at":"2026-03-01T09:30:00Z","errors":1.5}      | /samples/2/errors must be an integer from 0 to 10^12
            {"at":"2026-03-01T09:30:00Z","charger":""}      | /samples/2/charger must have 1 to 255 characters
            {"at":"2026-03-01T09:30:00Z","charger":null}    | /samples/2/charger must be text
            {"at":"2026-03-01T09:30:00Z","charger":"a\\ud800b"} | /samples/2/charger must not have unpaired surrogates
            {"at":"2026-03-01T09:30:00Z","charger":"\\udc00\\ud800"} | /samples/2/charger must not have unpaired surrogates
            {"at":"2026-03-01T09:30:00Z","connects":0}      | /samples/2/connects is not reported: it follows from the events of charger connect
            {"at":"2026-03-01T09:30:00Z","disconnects":1}   | /samples/2/disconnects is not reported: it follows from the events of charger connect
            {"at":"2026-03-01T09:30:00Z","chargersOnlineMax":1} | /samples/2/chargersOnlineMax is not reported: it follows from the events of charger connect
            {"at":"2026-03-01T09:30:00Z","messagesin":1}    | /samples/2 has an unknown field
            {"at":"2026-03-01T09:30:00Z","id":"2"}          | /samples/2 has an unknown field
            {"at":"2026-03-01T09:30:00Z","errors":1,"errors":1} | /samples/2 has a field twice
            7                                               | /samples/2 must be an object
            """)
    void saysWhichSampleIsAtFaultAndWhy(String sample, String why) {
        assertThatThrownBy(() -> ReportBody.read(samples(List.of("{" + AT + "}", "{" + AT + "}", sample, "{}"))))
                .isInstanceOf(InvalidValue.class)
                .hasMessage(why);
    }

    @Test
    void takesACounterThatIsLeftOutForNone() {
        assertThat(counters(", \"bytesOut\": 9")).isEqualTo(new Counters(0, 0, 0, 9, 0, 0, 0));
        assertThat(counters("")).isEqualTo(Counters.ZERO);
    }

    @Test
    void takesCountersFromZeroToTheGreatestOne() {
        assertThat(counters(", \"messagesIn\": 0, \"bytesIn\": 1000000000000"))
                .isEqualTo(new Counters(0, 0, Sample.MAX_COUNT, 0, 0, 0, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "1.0,1",
        "1e3,1000",
        "1E+3,1000",
        "0.0,0",
        "-0,0",
        "-0.0,0",
        "0e999999999,0",
        "12.50e1,125",
        "1000000000000.000,1000000000000",
        "1e12,1000000000000",
        "10000e-4,1"
    })
    void takesAnIntegerHoweverItIsWritten(String value, long count) {
        for (String counter : COUNTERS) {
            Counters read = counters(", \"" + counter + "\": " + value);
            assertThat(read.messages() + read.bytes() + read.errors())
                    .as(counter)
                    .isEqualTo(count);
            // And so it says the same.
            assertThat(read).isEqualTo(counters(", \"" + counter + "\": " + count));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "-1.0",
                "1000000000001",
                "1000000000000.1",
                "9223372036854775808",
                "-9223372036854775809",
                "18446744073709551617",
                "18446744073709551617.0",
                "1.5",
                "1e-3",
                "1e13",
                "1e999999999",
                "1e-999999999",
                "\"1\"",
                "null",
                "true",
                "[1]",
                "{}"
            })
    void refusesACounterThatIsNone(String value) {
        for (String counter : COUNTERS) {
            assertThatThrownBy(() -> read(", \"" + counter + "\": " + value))
                    .as(counter)
                    .isInstanceOf(InvalidValue.class)
                    .hasMessage("/" + counter + " must be an integer from 0 to 10^12");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "tenant", "at"})
    void refusesAReportThatDoesNotSayWhatItIs(String field) {
        String others =
                NAMED.replaceAll("\"" + field + "\": \"[^\"]*\"(, )?", "").replaceAll(", $", "");
        assertThat(others).doesNotContain(field);
        assertRefused("{" + others + "}");
        for (String value : new String[] {"null", "1", "\"\"", "[]", "{\"a\": 1}"}) {
            assertRefused("{" + others + ", \"" + field + "\": " + value + "}");
        }
    }

    /// Nobody would know which of the two to believe.
    @Test
    void refusesSamplesBesideTheFieldsOfOne() {
        String samples = "{\"id\":\"1\",\"tenant\":\"acme\",\"samples\":[{" + AT + "}]";
        assertThat(ReportBody.read(samples + "}").samples()).hasSize(1);
        for (String field : List.of(AT, "\"messagesIn\":1", "\"charger\":\"W1\"")) {
            assertThatThrownBy(() -> ReportBody.read(samples + "," + field + "}"))
                    .hasMessage("must have either samples or the fields of one");
        }
        for (String none : List.of("null", "{}", "7", "\"\"")) {
            assertThatThrownBy(() -> ReportBody.read("{\"id\":\"1\",\"tenant\":\"acme\",\"samples\":" + none + "}"))
                    .hasMessage("/samples must be an array");
        }
    }

    /// Somebody put a topic or a bus between the broker and the queue.
    @Test
    void namesAnEnvelope() {
        assertThatThrownBy(() -> ReportBody.read("""
                {"Type": "Notification", "MessageId": "22b80b92", "TopicArn": "arn:aws:sns:us-east-1:123456789012:usage",
                 "Message": "{\\"id\\":\\"1\\"}", "Timestamp": "2026-03-01T09:30:00.000Z"}
                """))
                .hasMessage("is an SNS notification: turn on raw message delivery for the subscription");
        assertThatThrownBy(() -> ReportBody.read("""
                {"version": "0", "id": "6a7e8feb", "detail-type": "usage", "source": "broker", "account": "123456789012",
                 "time": "2026-03-01T09:30:00Z", "region": "us-east-1", "resources": [], "detail": {"id": "1"}}
                """))
                .hasMessage("is an EventBridge event: have the rule's target send $.detail alone");
        assertThatThrownBy(() -> ReportBody.read("{\"Message\": \"\", \"detail\": 1}"))
                .hasMessage("has an unknown field");
    }

    @Test
    void refusesNamesThatAreTooLong() {
        assertThat(ReportBody.read("{" + NAMED.replace("\"1\"", '"' + "i".repeat(128) + '"') + "}")
                        .id())
                .hasSize(128);
        assertRefused("{" + NAMED.replace("\"1\"", '"' + "i".repeat(129) + '"') + "}");
        assertThat(ReportBody.read("{" + NAMED.replace("W1", "w".repeat(255)) + "}")
                        .id())
                .isEqualTo("1");
        assertRefused("{" + NAMED.replace("W1", "w".repeat(256)) + "}");
    }

    @Test
    void countsTheCharactersOfNamesNotTheirHalves() {
        String charger = "\uD83D\uDD0C";
        assertThat(ReportBody.read("{" + NAMED.replace("\"1\"", '"' + charger.repeat(128) + '"') + "}")
                        .id())
                .hasSize(256);
        assertRefused("{" + NAMED.replace("\"1\"", '"' + charger.repeat(129) + '"') + "}");
        assertThat(ReportBody.read("{" + NAMED.replace("W1", charger.repeat(255)) + "}")
                        .id())
                .isEqualTo("1");
        assertRefused("{" + NAMED.replace("W1", charger.repeat(256)) + "}");
    }

    @Test
    void takesATimeWithoutSeconds() {
        assertThat(ReportBody.read("{" + NAMED.replace("2026-03-01T09:30:00Z", "2026-03-01T10:30+01:00") + "}")
                        .samples()
                        .getFirst()
                        .at())
                .isEqualTo(Instant.parse("2026-03-01T09:30:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-01",
                "2026-03-01T09:30:00",
                "2026-02-30T09:30:00Z",
                "1772357400",
                "2026-03-01 09:30:00Z",
                "now",
                " "
            })
    void refusesATimeThatIsNone(String at) {
        assertThatThrownBy(() -> ReportBody.read("{" + NAMED.replace("2026-03-01T09:30:00Z", at) + "}"))
                .hasMessage("/at must be an ISO 8601 time with Z or an offset, such as 2026-01-31T12:00:00.000Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Acme", "ac", "acme.", "ACME", "acme#1", "acme ", "-acme"})
    void refusesATenantThatNobodyCanHave(String tenant) {
        assertRefused("{" + NAMED.replace("acme", tenant) + "}");
    }

    /// It could be a counter that is spelt wrong, or one of two that say different things.
    @Test
    void refusesFieldsThatItDoesNotKnowAndFieldsThatComeTwice() {
        assertThatThrownBy(() -> read(", \"messagesin\": 1")).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> read(", \"nested\": {\"messagesIn\": 1}")).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> read(", \"errors\": 1, \"errors\": 2")).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> read(", \"id\": \"1\"")).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> read(", \"tenant\": \"acme\"")).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> ReportBody.read(samples(List.of()).replace("}", ", \"samples\": []}")))
                .hasMessage("has a field twice");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "null", "1", "\"text\"", "[]", "[{}]", "{", "{}", "{]", "not JSON", "<xml/>", "\uFEFF"})
    void refusesWhatIsNoObject(String body) {
        assertRefused(body);
    }

    @Test
    void refusesWhatFollowsTheObject() {
        assertThat(ReportBody.read(" {" + NAMED + "}\n").id()).isEqualTo("1");
        for (String more : new String[] {"{}", "x", ",", "{" + NAMED + "}", "1"}) {
            assertRefused("{" + NAMED + "}" + more);
        }
        assertRefused("{" + NAMED);
        assertRefused("{" + NAMED + ",}");
    }

    private static String samples(List<String> samples) {
        return "{\"id\":\"1\",\"tenant\":\"acme\",\"samples\":[" + String.join(",", samples) + "]}";
    }

    private static Counters counters(String more) {
        return read(more).samples().getFirst().counters();
    }

    private static Report read(String more) {
        return ReportBody.read("{" + NAMED + more + "}");
    }

    private static void assertRefused(String body) {
        assertThatThrownBy(() -> ReportBody.read(body)).as(body).isInstanceOf(InvalidValue.class);
    }
}
