package dev.tenantry.local.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.local.aws.http.Body;
import dev.tenantry.local.aws.http.Fields;
import dev.tenantry.local.aws.http.Request;
import dev.tenantry.local.aws.http.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiReferenceTest {

    private static final Path FILES = Path.of("src/main/resources/docs/reference");
    private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"(/docs/[^\"]+)\"");

    @TempDir
    private Path directory;

    @Test
    void hasWhateverThePageRefersTo() {
        String page = get("/docs").body().text();
        List<String> references =
                REFERENCE.matcher(page).results().map(found -> found.group(1)).toList();
        assertThat(references).contains("/docs/reference/main.js", "/docs/swagger-ui-bundle.js");
        assertThat(references)
                .allSatisfy(path -> assertThat(get(path).status()).as(path).isEqualTo(200));
    }

    @Test
    void servesEachOfItsFilesWhichNameNoOtherOrigin() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.equals("page.html")))
                    .hasSizeGreaterThan(5)
                    .allSatisfy(name -> {
                        Response answer = get("/docs/reference/" + name);
                        assertThat(answer.status()).isEqualTo(200);
                        assertThat(answer.headers().joined("content-type"))
                                .contains(
                                        name.endsWith(".css")
                                                ? "text/css; charset=utf-8"
                                                : "text/javascript; charset=utf-8");
                        assertThat(answer.body().text()).doesNotContain("http:").doesNotContain("https:");
                    });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/docs/reference/page.html",
                "/docs/reference/none.js",
                "/docs/reference/../bar.css",
                "/docs/reference/..%2fbar.css",
                "/docs/reference/",
                "/docs/reference/main.js/",
                "/docs/index.html",
            })
    void servesNothingElse(String path) {
        assertThat(get(path).status()).isEqualTo(404);
    }

    @Test
    void servesTheDescriptionAsTheFileIsAtTheMoment() throws IOException {
        Path file = directory.resolve("openapi.yaml");
        ApiReference reference = new ApiReference(file);
        assertThat(reference.description(request("GET", "/openapi.yaml")).status())
                .isEqualTo(404);
        for (String text : List.of("openapi: 3.1.0\n", "openapi: 3.1.1 # edited\n")) {
            Files.writeString(file, text);
            assertThat(reference.description(request("GET", "/openapi.yaml")).body())
                    .isEqualTo(Body.of(text));
        }
    }

    @Test
    void isOnlyRead() {
        Response answer = new ApiReference(directory).answer(request("POST", "/docs"));
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.headers().joined("allow")).contains("GET");
    }

    private Response get(String path) {
        return new ApiReference(directory).answer(request("GET", path));
    }

    private static Request request(String method, String path) {
        return new Request(method, "HTTP/1.1", path, "", Fields.none(), Body.none(), "127.0.0.1", 8080);
    }
}
