package dev.tenantry.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserIdTest {

    @Test
    void isOneNameForOnePerson() {
        assertThat(UserId.of("ABCDEF00-1111-4111-8111-111111111111"))
                .contains(new UserId("abcdef00-1111-4111-8111-111111111111"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1-1-1-1-1", "ada", "11111111-1111-4111-8111-11111111111", "*", "MEMBER#1"})
    void isNothingButAUuid(String text) {
        assertThat(UserId.of(text)).isEmpty();
    }
}
