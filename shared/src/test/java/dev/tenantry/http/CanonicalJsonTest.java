package dev.tenantry.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import dev.tenantry.runtime.JsonText;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1,\"b\":2} | {\"b\":2,\"a\":1}",
                "{\"a\":[1,{\"c\":null,\"b\":true}]} | { \"a\" : [ 1 , { \"b\" : true , \"c\" : null } ] }",
                "\"\\u00e9/\\ud83d\\udd0c\" | \"é\\/🔌\"",
                "{\"\\u0061\":1} | {\"a\":1}",
                "1 | 1.0",
                "100 | 1e2",
                "100 | 1E+2",
                "-0.5 | -5e-1",
                "0 | -0.0",
                "0 | 0e7",
                "123456789012345678901234567890 | 123456789012345678901234567890.000",
                "[] | [ ]",
            })
    void isOneForTextsThatSayTheSame(String one, String other) throws IOException {
        assertThat(canonical(one)).isEqualTo(canonical(other));
    }

    @Test
    void tellsApartWhatIsNotTheSame() throws IOException {
        List<String> texts = List.of(
                "{}",
                "[]",
                "null",
                "\"null\"",
                "1",
                "\"1\"",
                "10",
                // A double would have lost the last digit.
                "12345678901234567890",
                "12345678901234567891",
                "1.00000000000000000001",
                "true",
                "\"\"",
                "\" \"",
                "\"\\ud83d\"",
                "\"\\udd0c\"",
                "\"?\"",
                "\"55357;\"",
                "\"\\\\55357;\"",
                "[1,2]",
                "[2,1]",
                "[[1],2]",
                "[[1,2]]",
                "[12]",
                "{\"a\":null}",
                "{\"a\":{}}",
                "{\"a,b\":1}",
                "{\"a\":1,\"b\":1}",
                "\"a\\\",\"",
                "1e99999999999",
                "1e99999999998");
        // In UTF-8, as it is digested: there, half a character is a question mark.
        assertThat(texts.stream()
                        .map(text -> HexFormat.of().formatHex(unchecked(text).getBytes(UTF_8))))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "[1", "{} {}", "1 2", "nul", "{\"a\"}", "[1,]"})
    void knowsWhatIsNoJson(String text) {
        assertThatThrownBy(() -> canonical(text)).isInstanceOf(IOException.class);
    }

    private static String unchecked(String text) {
        try {
            return canonical(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String canonical(String text) throws IOException {
        try (JsonParser json = JsonText.FACTORY.createParser(text)) {
            return CanonicalJson.of(json);
        }
    }
}
