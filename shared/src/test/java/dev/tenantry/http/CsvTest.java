package dev.tenantry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void beginsWithTheNames() throws IOException {
        assertThat(csv("a", "b")).isEqualTo("a,b\r\n");
    }

    @Test
    void writesEachKindOfValue() throws IOException {
        assertThat(csv(
                        "text",
                        "number",
                        "flag",
                        "nothing",
                        "object",
                        "list",
                        "{\"object\":{\"a\":{\"b\":[1,\"=2\"]}},\"text\":\"é\",\"number\":-1.50,\"flag\":true,"
                                + "\"nothing\":null,\"list\":[]}"))
                .isEqualTo("text,number,flag,nothing,object,list\r\n"
                        + "é,-1.50,true,,\"{\"\"a\"\":{\"\"b\"\":[1,\"\"=2\"\"]}}\",[]\r\n");
    }

    @Test
    void leavesACellEmptyWhereThereIsNoField() throws IOException {
        assertThat(csv("a", "b", "c", "{\"b\":1}", "{}")).isEqualTo("a,b,c\r\n,1,\r\n,,\r\n");
    }

    @Test
    void quotesWhatWouldEndACell() throws IOException {
        assertThat(csv(
                        "a",
                        "{\"a\":\"x,y\"}",
                        "{\"a\":\"say \\\"hi\\\"\"}",
                        "{\"a\":\"two\\nlines\"}",
                        "{\"a\":\"x\\ry\"}",
                        "{\"a\":\"x;y 'z'\"}"))
                .isEqualTo("a\r\n\"x,y\"\r\n\"say \"\"hi\"\"\"\r\n\"two\nlines\"\r\n\"x\ry\"\r\nx;y 'z'\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"=1+1\" | '=1+1",
                "\"+1\" | '+1",
                "\"-5\" | '-5",
                "\"@SUM(A1)\" | '@SUM(A1)",
                "\"\\t=1\" | `'\t'=1`",
                "\"＝1\" | '＝1",
                "\"=1,2\" | \"'=1,2\"",
                "\"=\\\"x\\\"\" | \"'=\"\"x\"\"\"",
                "\"a=1\" | a=1",
                "\"'=1\" | '=1",
                "-5 | -5",
                "-1e3 | -1e3",
            })
    void makesAFormulaHarmlessAndLeavesANumberAlone(String value, String cell) throws IOException {
        assertThat(csv("a", "{\"a\":" + value + "}")).isEqualTo("a\r\n" + cell.replace("\\t", "\t") + "\r\n");
    }

    @Test
    void makesHarmlessWhatBeginsWithTheEndOfALine() throws IOException {
        assertThat(csv("a", "{\"a\":\"\\r=1\"}", "{\"a\":\"\\n=1\"}")).isEqualTo("a\r\n\"'\r'=1\"\r\n\"'\n'=1\"\r\n");
    }

    /// What a spreadsheet sees whose cells end at semicolons or tabs: quotes of ours stand in the middle of its
    /// cells, so they keep no line of a text together.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"a;=1\" | a;'=1",
                "\"a;b;-1;@c\" | a;b;'-1;'@c",
                "\"a;＝1\" | a;'＝1",
                "\"a\\t+1\" | `a\t'+1`",
                "\"a;\\t=1\" | `a;'\t'=1`",
                "\"a,;=1\" | \"a,;'=1\"",
                "\"a;\\\"=1\" | \"a;'\"\"=1\"",
                "\"a\\n=1\" | `\"a\n'=1\"`",
                "\"a; =1;b\" | a; =1;b",
                "\"a=1;b\" | a=1;b",
            })
    void makesAFormulaHarmlessThatBeginsACellElsewhere(String value, String cell) throws IOException {
        assertThat(csv("a", "{\"a\":" + value + "}"))
                .isEqualTo("a\r\n" + cell.replace("\\t", "\t").replace("\\n", "\n") + "\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"b\":\"x;=1\"} | {\"b\":\"x;\\u003d1\"}",
                "{\"b;-1\":[\";+\",\"@\"]} | {\"b;\\u002d1\":[\";\\u002b\",\"@\"]}",
                "[\";＠\",-1] | [\";\\uff20\",-1]",
                "[\"x\\t=1\"] | [\"x\\t=1\"]",
            })
    void makesAFormulaInJsonHarmlessAndSaysTheSame(String value, String cell) throws IOException {
        assertThat(csv("a", "{\"a\":" + value + "}"))
                .isEqualTo("a\r\n"
                        + (cell.contains("\"") || cell.contains(",") ? "\"" + cell.replace("\"", "\"\"") + "\"" : cell)
                        + "\r\n");
    }

    @Test
    void hasAColumnForEverything() {
        assertThatThrownBy(() -> csv("a", "{\"a\":1,\"b\":2}"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("b");
    }

    /// @param namesAndRows columns, then objects
    private String csv(String... namesAndRows) throws IOException {
        List<String> all = List.of(namesAndRows);
        Csv csv =
                new Csv(out, all.stream().filter(text -> !text.startsWith("{")).toList());
        for (String row : all) {
            if (row.startsWith("{")) {
                csv.row(row);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
