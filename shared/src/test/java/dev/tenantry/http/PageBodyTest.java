package dev.tenantry.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tenantry.runtime.JsonText;
import dev.tenantry.storage.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageBodyTest {

    private static final JsonMapper JSON = new JsonMapper();

    /// What Lambda lets through.
    private static final int LIMIT = 6_291_556;

    private static final TableShape<String> SHAPE = new TableShape<>() {
        @Override
        public List<String> columns() {
            return List.of("text");
        }

        @Override
        public void write(JsonGenerator json, String text) throws IOException {
            json.writeStartObject();
            json.writeStringField("text", text);
            json.writeEndObject();
        }
    };

    @Test
    void writesAWholePage() {
        Page<String> page = Page.of(List.of("a", "b,c"), text -> "after " + text, true);

        assertThat(PageBody.json(page, SHAPE))
                .isEqualTo(new PageBody("[{\"text\":\"a\"},{\"text\":\"b,c\"}]", Optional.of("after b,c")));
        assertThat(PageBody.csv(page, SHAPE))
                .isEqualTo(new PageBody("text\r\na\r\n\"b,c\"\r\n", Optional.of("after b,c")));
    }

    @Test
    void writesAnEmptyPage() {
        Page<String> page = Page.of(List.of(), text -> text, false);

        assertThat(PageBody.json(page, SHAPE)).isEqualTo(new PageBody("[]", Optional.empty()));
        assertThat(PageBody.csv(page, SHAPE)).isEqualTo(new PageBody("text\r\n", Optional.empty()));
    }

    /// Each of them takes another number of bytes in JSON, and another one once more where JSON is a JSON string.
    @ParameterizedTest
    @ValueSource(strings = {"x", "\"", "\\", "\u0001", "\n", "é", "🔌", "\u007f", "a\"é\\🔌\r\n"})
    void endsBeforeLambdaWouldRefuseIt(String letter) throws IOException {
        List<String> items = Collections.nCopies(400, letter.repeat(20_000 / letter.length()));
        for (Function<Page<String>, PageBody> form : List.<Function<Page<String>, PageBody>>of(
                page -> PageBody.json(page, SHAPE), page -> PageBody.csv(page, SHAPE))) {
            int[] position = {0};
            Page<String> page = Page.of(items, _ -> Integer.toString(position[0]++), false);

            PageBody body = form.apply(page);

            // As the answer has it.
            int weight = JsonText.of(json -> json.writeString(body.text())).getBytes(StandardCharsets.UTF_8).length;
            assertThat(weight).isLessThan(LIMIT - 60_000);
            assertThat(body.next()).isPresent();
            int written = Integer.parseInt(body.next().get()) + 1;
            if (body.text().startsWith("[")) {
                assertThat(JSON.readTree(body.text())).hasSize(written);
                // One more would not have fitted.
                assertThat(weight + weight / written).isGreaterThan(LIMIT - 66_000);
            } else {
                assertThat(body.text()).endsWith("\r\n");
            }
        }
    }

    @Test
    void hasOneItemHoweverLargeItIs() {
        Page<String> page = Page.of(List.of("x".repeat(7_000_000), "y"), text -> text.substring(0, 1), false);

        assertThat(PageBody.json(page, SHAPE).next()).contains("x");
    }
}
