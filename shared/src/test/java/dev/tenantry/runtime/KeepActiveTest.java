package dev.tenantry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeepActiveTest {

    @ParameterizedTest
    @ValueSource(strings = {"{\"keepActive\":true}", " { \"keepActive\" : true }\n"})
    void isTheWholeEvent(String event) {
        assertThat(is(event)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "true",
                "[{\"keepActive\":true}]",
                "{\"keepActive\":false}",
                "{\"keepActive\":\"true\"}",
                "{\"keepActive\":true",
                "{\"keepActive\":true,\"version\":\"2.0\"}",
                "{\"version\":\"2.0\",\"keepActive\":true}",
                "{\"keepActive\":true}{}",
                "{\"body\":\"{\\\"keepActive\\\":true}\"}",
                "{\"keepActive\":true                                                             }"
            })
    void isNothingElse(String event) {
        assertThat(is(event)).isFalse();
    }

    private static boolean is(String event) {
        return KeepActive.is(event.getBytes(StandardCharsets.UTF_8));
    }
}
