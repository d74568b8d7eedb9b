package dev.tenantry.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tenantry.runtime.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Writes JSON objects as lines of CSV (RFC 4180): a text as it is, an object or a list as JSON, null as an empty cell.
///
/// A text that begins like a formula gets an apostrophe in front, because a spreadsheet would run it: what people call
/// themselves or their chargers is opened by somebody else. So does what would be a formula to a spreadsheet whose
/// cells end elsewhere, at semicolons as in much of Europe, or at tabs: it sees no quotes around a cell of ours. In
/// JSON an escape does it, and the JSON stays the same. A number is no text and stays one, its minus too, so that
/// columns of numbers can be counted with.
final class Csv {

    /// What begins a formula, also in the wide forms of East Asian keyboards, or makes a spreadsheet skip to one.
    private static final String BEGINNING = "[=+\\-@\t\r\n＝＋－＠]";

    /// Quotes in front of it are lost in such a cell.
    private static final Pattern FORMULA = Pattern.compile("^(?=%1$s)|(?<=[;\t\r\n])(?=\"*%1$s)".formatted(BEGINNING));

    private static final Pattern FORMULA_IN_JSON = Pattern.compile("(?<=;)" + BEGINNING);

    /// What makes a cell need quotes.
    private static final String SPECIAL = ",\"\r\n";

    private final OutputStream out;
    private final List<String> columns;

    /// Begins with the header line.
    Csv(OutputStream out, List<String> columns) throws IOException {
        this.out = out;
        this.columns = columns;
        line(columns);
    }

    /// A line for an object.
    ///
    /// @param object JSON
    void row(String object) throws IOException {
        Map<String, String> cells = new HashMap<>();
        try (JsonParser json = JsonText.FACTORY.createParser(object)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                if (!columns.contains(name)) {
                    throw new IllegalStateException("the table has no column for " + name);
                }
                cells.put(name, cell(json));
            }
        }
        line(columns.stream().map(column -> cells.getOrDefault(column, "")).toList());
    }

    private static String cell(JsonParser json) throws IOException {
        return switch (json.nextToken()) {
            case VALUE_NULL -> "";
            case VALUE_STRING -> harmless(json.getText());
            // Reading goes on where the structure ends.
            case START_OBJECT, START_ARRAY -> harmlessJson(JsonText.of(copy -> copy.copyCurrentStructure(json)));
            default -> json.getText();
        };
    }

    private static String harmless(String text) {
        return FORMULA.matcher(text).replaceAll("'");
    }

    /// A semicolon is always within a string of it.
    private static String harmlessJson(String json) {
        return FORMULA_IN_JSON
                .matcher(json)
                .replaceAll(match -> "\\\\u%04x".formatted((int) match.group().charAt(0)));
    }

    private void line(List<String> cells) throws IOException {
        String line = cells.stream().map(Csv::quoted).collect(Collectors.joining(",", "", "\r\n"));
        out.write(line.getBytes(StandardCharsets.UTF_8));
    }

    private static String quoted(String cell) {
        return cell.chars().anyMatch(c -> SPECIAL.indexOf(c) >= 0) ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
    }
}
