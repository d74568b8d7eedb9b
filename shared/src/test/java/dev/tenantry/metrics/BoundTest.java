package dev.tenantry.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.refusal.InvalidValue;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundTest {

    @Test
    void isADateOrATimeLikeAnyOther() {
        assertThat(Bound.of("2025-10-15")).isEqualTo(new Bound.On(LocalDate.of(2025, 10, 15)));
        assertThat(Bound.of("2025-10-15T15:19:50.8349Z"))
                .isEqualTo(new Bound.At(Instant.parse("2025-10-15T15:19:50.834Z")));
        assertThat(Bound.of("2025-10-15T15:19+02:00")).isEqualTo(new Bound.At(Instant.parse("2025-10-15T13:19:00Z")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2025-10", "2025-02-29", "2025-10-15Z", "20251015"})
    void saysOfAnyOtherTextThatItMayBeADate(String text) {
        assertThatThrownBy(() -> Bound.of(text))
                .isInstanceOf(InvalidValue.class)
                .hasMessage("must be a date, such as 2025-10-15, or a time, such as 2025-10-15T15:19:50.834Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"T", "2025-10-15T", "2025-10-15T15:19:50", "2025-10-15T24:00:00Z"})
    void saysOfATimeWhatItLacks(String text) {
        assertThatThrownBy(() -> Bound.of(text))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("with Z or an offset");
    }
}
