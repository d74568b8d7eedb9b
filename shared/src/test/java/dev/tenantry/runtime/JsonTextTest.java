package dev.tenantry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonTextTest {

    @Test
    void writesEveryCharacterInAsFewBytesAsUtf8Has() {
        for (int length : new int[] {1, 2, 500, 3999, 4000, 4001, 20_000}) {
            String text = "x" + "😀".repeat(length) + "ä";

            String json = JsonText.of(out -> out.writeString(text));

            assertThat(json).isEqualTo('"' + text + '"');
            assertThat(json.getBytes(StandardCharsets.UTF_8)).hasSize(2 + 1 + 4 * length + 2);
        }
    }
}
