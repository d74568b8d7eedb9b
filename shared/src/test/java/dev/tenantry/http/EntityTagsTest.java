package dev.tenantry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.refusal.Refusal.InvalidRequest;
import dev.tenantry.storage.Precondition;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagsTest {

    @Test
    void readsTagsAndTheStar() {
        assertThat(EntityTags.ifMatch("\"3\"")).isEqualTo(versions(3L));
        assertThat(EntityTags.ifMatch(" \"3\" , \"4\",\"5\"")).isEqualTo(versions(3L, 4L, 5L));
        assertThat(EntityTags.ifMatch("*")).isEqualTo(Precondition.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {",,\"6\"", "\"6\",", " , ,\"6\" ,\t, ", "\"6\",,W/\"7\"", ",W/\"7\",,\"6\""})
    void separatesNothingByACommaTooMany(String header) {
        assertThat(EntityTags.ifMatch(header)).isEqualTo(versions(6L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"W/\"3\"", "\"three\"", "\"\"", "\"03\"", "\"+3\""})
    void matchesNothingByAWeakOrUnknownTag(String header) {
        assertThat(EntityTags.ifMatch(header)).isEqualTo(versions());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "3",
                "\"3",
                "\"3\" \"4\"",
                "W/3",
                "*, \"3\"",
                ",",
                " ,, ",
                ",*",
                "*,",
                "\"3\";\"4\"",
                ",,3"
            })
    void refusesWhatIsNoListOfTags(String header) {
        assertThatThrownBy(() -> EntityTags.ifMatch(header)).isInstanceOf(InvalidRequest.class);
    }

    private static Precondition versions(Long... versions) {
        return new Precondition(Optional.of(Set.of(versions)));
    }
}
