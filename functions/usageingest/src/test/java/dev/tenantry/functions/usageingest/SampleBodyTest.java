package dev.tenantry.functions.usageingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.refusal.InvalidValue;
import dev.tenantry.usage.Counters;
import dev.tenantry.usage.Sample;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleBodyTest {

    private static final String NAMED =
            "\"id\": \"1\", \"tenant\": \"acme\", \"charger\": \"W1\", \"at\": \"2026-03-01T09:30:00Z\"";

    @Test
    void readsASample() {
        Sample sample = SampleBody.read("""
                {"errors": 7, "disconnects": 6, "connects": 5, "bytesOut": 4, "bytesIn": 3, "messagesOut": 2, "messagesIn": 1,
                 "at": "2026-03-01T10:30:00.123456+01:00", "charger": "W1", "tenant": "acme", "id": "first/1"}
                """);
        assertThat(sample)
                .isEqualTo(new Sample(
                        "first/1",
                        new DomainPrefix("acme"),
                        Instant.parse("2026-03-01T09:30:00.123Z"),
                        new Counters(1, 2, 3, 4, 5, 6, 7)));
    }

    @Test
    void takesACounterThatIsLeftOutForNone() {
        assertThat(read(", \"bytesOut\": 9").counters()).isEqualTo(new Counters(0, 0, 0, 9, 0, 0, 0));
        assertThat(read("").counters()).isEqualTo(Counters.ZERO);
    }

    @Test
    void takesCountersFromZeroToTheGreatestOne() {
        assertThat(read(", \"messagesIn\": 0, \"bytesIn\": 1000000000000").counters())
                .isEqualTo(new Counters(0, 0, Sample.MAX_COUNT, 0, 0, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "1000000000001",
                "9223372036854775808",
                "-9223372036854775809",
                "18446744073709551617",
                "1.0",
                "1e3",
                "\"1\"",
                "null",
                "true",
                "[1]",
                "{}"
            })
    void refusesACounterThatIsNone(String value) {
        for (String counter :
                new String[] {"messagesIn", "messagesOut", "bytesIn", "bytesOut", "connects", "disconnects", "errors"
                }) {
            assertThatThrownBy(() -> read(", \"" + counter + "\": " + value))
                    .as(counter)
                    .isInstanceOf(InvalidValue.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "tenant", "charger", "at"})
    void refusesASampleThatDoesNotSayWhatItIs(String field) {
        String others =
                NAMED.replaceAll("\"" + field + "\": \"[^\"]*\"(, )?", "").replaceAll(", $", "");
        assertThat(others).doesNotContain(field);
        assertRefused("{" + others + "}");
        for (String value : new String[] {"null", "1", "\"\"", "[]", "{\"a\": 1}"}) {
            assertRefused("{" + others + ", \"" + field + "\": " + value + "}");
        }
    }

    @Test
    void refusesNamesThatAreTooLong() {
        assertThat(SampleBody.read("{" + NAMED.replace("\"1\"", '"' + "i".repeat(128) + '"') + "}")
                        .id())
                .hasSize(128);
        assertRefused("{" + NAMED.replace("\"1\"", '"' + "i".repeat(129) + '"') + "}");
        assertThat(SampleBody.read("{" + NAMED.replace("W1", "w".repeat(255)) + "}")
                        .id())
                .isEqualTo("1");
        assertRefused("{" + NAMED.replace("W1", "w".repeat(256)) + "}");
    }

    @Test
    void countsTheCharactersOfNamesNotTheirHalves() {
        String charger = "\uD83D\uDD0C";
        assertThat(SampleBody.read("{" + NAMED.replace("\"1\"", '"' + charger.repeat(128) + '"') + "}")
                        .id())
                .hasSize(256);
        assertRefused("{" + NAMED.replace("\"1\"", '"' + charger.repeat(129) + '"') + "}");
        assertThat(SampleBody.read("{" + NAMED.replace("W1", charger.repeat(255)) + "}")
                        .id())
                .isEqualTo("1");
        assertRefused("{" + NAMED.replace("W1", charger.repeat(256)) + "}");
    }

    @Test
    void takesATimeWithoutSeconds() {
        assertThat(SampleBody.read("{" + NAMED.replace("2026-03-01T09:30:00Z", "2026-03-01T10:30+01:00") + "}")
                        .at())
                .isEqualTo(Instant.parse("2026-03-01T09:30:00Z"));
    }

    @Test
    void saysWhatTheTimeMustBe() {
        assertThatThrownBy(() -> SampleBody.read("{" + NAMED.replace("2026-03-01T09:30:00Z", "now") + "}"))
                .hasMessage("at must be an ISO 8601 time with Z or an offset, such as 2026-01-31T12:00:00.000Z");
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
        assertRefused("{" + NAMED.replace("2026-03-01T09:30:00Z", at) + "}");
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
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "null", "1", "\"text\"", "[]", "[{}]", "{", "{}", "{]", "not JSON", "<xml/>", "\uFEFF"})
    void refusesWhatIsNoObject(String body) {
        assertRefused(body);
    }

    @Test
    void refusesWhatFollowsTheObject() {
        assertThat(SampleBody.read(" {" + NAMED + "}\n").id()).isEqualTo("1");
        for (String more : new String[] {"{}", "x", ",", "{" + NAMED + "}", "1"}) {
            assertRefused("{" + NAMED + "}" + more);
        }
        assertRefused("{" + NAMED);
        assertRefused("{" + NAMED + ",}");
    }

    private static Sample read(String more) {
        return SampleBody.read("{" + NAMED + more + "}");
    }

    private static void assertRefused(String body) {
        assertThatThrownBy(() -> SampleBody.read(body)).as(body).isInstanceOf(InvalidValue.class);
    }
}
