package dev.tenantry.local.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.local.aws.http.Body;
import dev.tenantry.local.aws.http.Fields;
import dev.tenantry.local.aws.http.Request;
import dev.tenantry.local.aws.http.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsagePageTest {

    private static final Path FILES = Path.of("src/main/resources/docs/usage");
    private static final Pattern IMPORT = Pattern.compile("from \"[.]/([^\"]+)\"");
    private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"(/docs/usage/[^\"]+)\"");

    private final UsagePage page = new UsagePage();

    @Test
    void answersWithThePage() {
        Response answer = get("/docs/usage");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().joined("content-type")).contains("text/html; charset=utf-8");
        assertThat(text(answer)).contains("<title>Usage – Tenantry</title>").contains("<a href=\"/docs\">");
    }

    @Test
    void letsThePageLoadOnlyItsOwnFilesAndNothingInline() {
        assertThat(get("/docs/usage")
                        .headers()
                        .joined("content-security-policy")
                        .orElseThrow())
                .startsWith("default-src 'none';")
                .contains("script-src 'self'; style-src 'self';")
                .doesNotContain("unsafe")
                .doesNotContain("http");
    }

    @Test
    void hasWhateverThePageRefersTo() {
        List<String> references = matches(REFERENCE, text(get("/docs/usage")));
        assertThat(references).contains("/docs/usage/main.js", "/docs/usage/uPlot.min.css", "/docs/usage/usage.css");
        assertThat(references)
                .allSatisfy(path -> assertThat(get(path).status()).as(path).isEqualTo(200));
    }

    @ParameterizedTest
    @MethodSource("files")
    void servesEachOfItsFilesAndWhatTheyImport(String name) {
        Response answer = get("/docs/usage/" + name);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().joined("content-type"))
                .contains(name.endsWith(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8");
        assertThat(matches(IMPORT, text(answer)))
                .allSatisfy(file ->
                        assertThat(get("/docs/usage/" + file).status()).as(file).isEqualTo(200));
    }

    @ParameterizedTest
    @MethodSource("files")
    void namesNoOtherOriginInItsFiles(String name) {
        assertThat(text(get("/docs/usage/" + name))).doesNotContain("http:").doesNotContain("https:");
    }

    @Test
    void namesNoOtherOriginInThePage() {
        assertThat(text(get("/docs/usage"))).doesNotContain("http:").doesNotContain("https:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "page.html",
                "none.js",
                "uPlot.cjs.js",
                "../bar.css",
                "%2e%2e/bar.css",
                "..%2fbar.css",
                "",
                "main.js/",
            })
    void servesNothingElse(String name) {
        assertThat(get("/docs/usage/" + name).status()).isEqualTo(404);
    }

    @Test
    void isOnlyRead() {
        Response answer = answer("POST", "/docs/usage");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.headers().joined("allow")).contains("GET");
    }

    static List<String> files() {
        try (Stream<Path> files = Files.list(FILES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("page.html"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Response get(String path) {
        return answer("GET", path);
    }

    private Response answer(String method, String path) {
        return page.answer(new Request(method, "HTTP/1.1", path, "", Fields.none(), Body.none(), "127.0.0.1", 8080));
    }

    private static String text(Response answer) {
        return new String(answer.body().bytes(), StandardCharsets.UTF_8);
    }

    private static List<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
