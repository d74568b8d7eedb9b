package dev.tenantry.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EditTest {

    private static final Optional<String> RED = Optional.of("red");
    private static final Optional<String> NONE = Optional.empty();

    private final Edit<String> keep = new Edit.Keep<>();
    private final Edit<String> clear = new Edit.Clear<>();
    private final Edit<String> set = new Edit.Set<>("blue");

    @Test
    void keepsClearsAndSets() {
        assertThat(keep.applyTo(RED)).contains("red");
        assertThat(keep.applyTo(NONE)).isEmpty();
        assertThat(clear.applyTo(RED)).isEmpty();
        assertThat(clear.applyTo(NONE)).isEmpty();
        assertThat(set.applyTo(RED)).contains("blue");
        assertThat(set.applyTo(NONE)).contains("blue");
    }

    @Test
    void saysBeforehandWhetherItLeavesAny() {
        for (Edit<String> edit : List.of(keep, clear, set)) {
            for (Optional<String> current : List.of(RED, NONE)) {
                assertThat(edit.leavesAny(current))
                        .as("%s of %s", edit, current)
                        .isEqualTo(edit.applyTo(current).isPresent());
            }
        }
    }

    @Test
    void givesANewThingNothingButWhatIsSet() {
        assertThat(keep.newValue()).isEmpty();
        assertThat(clear.newValue()).isEmpty();
        assertThat(set.newValue()).contains("blue");
    }

    @Test
    void staysTheSameEditOfWhatIsMadeOfTheValue() {
        assertThat(keep.map(String::length)).isEqualTo(new Edit.Keep<>());
        assertThat(clear.map(String::length)).isEqualTo(new Edit.Clear<>());
        assertThat(set.map(String::length)).isEqualTo(new Edit.Set<>(4));
    }

    @Test
    void clearsForAValueThatStandsForNone() {
        assertThat(set.clearingIf("blue"::equals)).isEqualTo(clear);
        assertThat(set.clearingIf("red"::equals)).isEqualTo(set);
        assertThat(keep.clearingIf(_ -> true)).isEqualTo(keep);
        assertThat(clear.clearingIf(_ -> true)).isEqualTo(clear);
    }
}
