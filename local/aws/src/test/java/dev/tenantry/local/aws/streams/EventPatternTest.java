package dev.tenantry.local.aws.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.local.aws.CannotStart;
import dev.tenantry.local.aws.http.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventPatternTest {

    private static final String EVENT = "{\"name\":\"INSERT\",\"row\":{\"key\":{\"S\":\"AUDIT#17\"},\"count\":3}}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                           | true",
                "{\"name\":[\"INSERT\"]}                      | true",
                "{\"name\":[\"MODIFY\",\"INSERT\"]}           | true",
                "{\"name\":[\"MODIFY\"]}                      | false",
                "{\"row\":{\"key\":{\"S\":[{\"prefix\":\"AUDIT#\"}]}}}  | true",
                "{\"row\":{\"key\":{\"S\":[{\"prefix\":\"AUDIT_\"}]}}}  | false",
                "{\"row\":{\"key\":{\"N\":[{\"prefix\":\"AUDIT#\"}]}}}  | false",
                "{\"row\":{\"count\":[3]}}                    | true",
                "{\"row\":{\"count\":[{\"prefix\":\"3\"}]}}   | false",
                "{\"name\":[\"INSERT\"],\"row\":{\"count\":[4]}} | false",
                "{\"other\":[\"INSERT\"]}                     | false"
            })
    void asksForAllThatItNames(String pattern, boolean matches) {
        assertThat(EventPattern.of(pattern).matches(Json.parse(EVENT).orElseThrow()))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"name\":\"INSERT\"}",
                "{\"name\":[]}",
                "{\"name\":[{\"exists\":false}]}",
                "{\"name\":[{\"prefix\":3}]}"
            })
    void isRefusedWhereItCouldMeanMoreThanIsUnderstood(String pattern) {
        assertThatThrownBy(() -> EventPattern.of(pattern)).isInstanceOf(CannotStart.class);
    }

    @Test
    void findsNothingInWhatIsAbsent() {
        assertThat(EventPattern.of("{\"a\":{\"b\":[\"c\"]}}").matches(Json.object()))
                .isFalse();
    }
}
