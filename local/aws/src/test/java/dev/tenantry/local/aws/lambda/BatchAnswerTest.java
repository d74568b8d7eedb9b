package dev.tenantry.local.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What an event source mapping makes of a function's answer.
class BatchAnswerTest {

    private static final Set<String> ALL = Set.of("1", "2", "3");

    @Test
    void bringsBackTheMessagesThatAreNamed() {
        assertThat(BatchAnswer.failed("{\"batchItemFailures\":[{\"itemIdentifier\":\"2\"}]}", ALL))
                .containsExactly("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}", "{\"batchItemFailures\":null}", "{\"batchItemFailures\":[]}"})
    void takesNoNamesForASuccess(String answer) {
        assertThat(BatchAnswer.failed(answer, ALL)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "\"done\"",
                "[]",
                "{\"batchItemFailures\":\"2\"}",
                "{\"batchItemFailures\":{\"itemIdentifier\":\"2\"}}",
                "{\"batchItemFailures\":[\"2\"]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":null}]}",
                "{\"batchItemFailures\":[{\"id\":\"2\"}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":\"2\"},{\"itemIdentifier\":\"9\"}]}"
            })
    void bringsBackAllWhereTheAnswerIsNone(String answer) {
        assertThat(BatchAnswer.failed(answer, ALL)).isEqualTo(ALL);
    }
}
