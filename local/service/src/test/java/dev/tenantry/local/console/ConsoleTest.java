package dev.tenantry.local.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.local.aws.http.Body;
import dev.tenantry.local.aws.http.Fields;
import dev.tenantry.local.aws.http.Request;
import dev.tenantry.local.aws.http.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleTest {

    @TempDir
    private Path sources;

    @ParameterizedTest
    @ValueSource(strings = {"/console/", "/console/t/demo/people", "/console/signed-in", "/console/t/demo/chargers/1"})
    void answersThePageWhereThereIsNoFile(String path) {
        Response answer = get(path);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().joined("content-type")).contains("text/html; charset=utf-8");
        assertThat(answer.body().text()).contains("<base href=\"/console/\">");
        assertThat(answer.headers().joined("cache-control")).contains("no-cache");
    }

    @ParameterizedTest
    @CsvSource({
        "app/main.js, text/javascript; charset=utf-8, no-cache",
        "styles/theme.css, text/css; charset=utf-8, no-cache",
        "texts/de/common.json, application/json, no-cache",
        "icon.svg, image/svg+xml, no-cache",
        "vendor/htm-3.1.1/htm.module.js, text/javascript; charset=utf-8, 'public, max-age=31536000, immutable'",
    })
    void saysWhatAFileIsAndHowLongItHolds(String file, String contentType, String cacheControl) {
        Response answer = get("/console/" + file);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().joined("content-type")).contains(contentType);
        assertThat(answer.headers().joined("cache-control")).contains(cacheControl);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/none.js",
                "/console/../openapi.yaml",
                "/console/app/../../../secret.js",
                "/console/.hidden.js",
                "/console/app/%2e%2e/x.js",
                "/console//etc/passwd.js"
            })
    void findsNoOtherFile(String path) {
        assertThat(get(path).status()).isEqualTo(404);
    }

    @Test
    void tellsThePageWhereItIsAndWhereToSignIn() {
        assertThat(get("/console/config.json").body().text())
                .isEqualTo("{\"apiUrl\":\"/\",\"issuer\":\"https://login.example.com/realm\",\"clientId\":\"a-client\","
                        + "\"scope\":\"openid profile email\",\"brokerDomain\":\"ocpp.localhost\"}");
    }

    @Test
    void letsThePageAskNobodyButItsOriginAndTheIssuer() {
        Response answer = get("/console/");
        assertThat(answer.headers().joined("content-security-policy"))
                .get()
                .asString()
                .contains("connect-src 'self' https://login.example.com;")
                .contains("default-src 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.headers().joined("x-content-type-options")).contains("nosniff");
        assertThat(answer.headers().joined("referrer-policy")).contains("no-referrer");
        assertThat(get("/console/none.js").headers().joined("x-frame-options")).contains("DENY");
    }

    @Test
    void sendsWhatABrowserHasNotGotYetCompressed() throws IOException {
        Response whole = get("/console/app/main.js");
        Response zipped = get("/console/app/main.js", "accept-encoding", "br, gzip");
        assertThat(zipped.headers().joined("content-encoding")).contains("gzip");
        try (GZIPInputStream in =
                new GZIPInputStream(new ByteArrayInputStream(zipped.body().bytes()))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(whole.body().text());
        }
        String tag = whole.headers().joined("etag").orElseThrow();
        Response known = get("/console/app/main.js", "if-none-match", tag);
        assertThat(known.status()).isEqualTo(304);
        assertThat(known.body().isEmpty()).isTrue();
    }

    @Test
    void readsSourcesAnewEachTime() throws IOException {
        Files.createDirectories(sources.resolve("app"));
        Files.writeString(sources.resolve("app/main.js"), "// edited");
        assertThat(get("/console/app/main.js").body().text()).isEqualTo("// edited");
    }

    @Test
    void takesNothing() {
        Response answer = console()
                .answer(new Request(
                        "POST", "HTTP/1.1", "/console/", "", Fields.none(), Body.of("{}"), "127.0.0.1", 8080));
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.headers().joined("allow")).contains("GET");
    }

    private Response get(String path, String... headers) {
        Fields fields = headers.length == 0 ? Fields.none() : Fields.none().and(headers[0], headers[1]);
        return console().answer(new Request("GET", "HTTP/1.1", path, "", fields, Body.none(), "127.0.0.1", 8080));
    }

    private Console console() {
        return new Console(
                new ConsoleSettings("https://login.example.com/realm", "a-client", "ocpp.localhost"), sources);
    }
}
