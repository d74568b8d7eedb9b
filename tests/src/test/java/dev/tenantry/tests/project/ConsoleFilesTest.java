package dev.tenantry.tests.project;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.audit.AuditAction;
import dev.tenantry.chargers.Reason;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.refusal.InvalidValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the console's files promise each other.
class ConsoleFilesTest {

    private static final Path WEB = Project.root().resolve("console/src/main/web");
    /// A class or an id in a selector.
    private static final String NAME = "[.#]([a-zA-Z][a-zA-Z0-9_-]*)";

    private static final List<String> LANGUAGES = List.of("de", "en", "es", "fr", "it", "nl");

    @Test
    void letTheBrowserRunNoScriptInThePageButItsImportMap() throws Exception {
        String page = Files.readString(WEB.resolve("index.html"));
        String map = first(page, "<script type=\"importmap\">(.*?)</script>");
        String policy = Json.parse(
                        Files.readString(Project.root().resolve("console/src/main/headers/console-headers.json")))
                .orElseThrow()
                .path("Content-Security-Policy")
                .asText();
        assertThat(policy).contains("'" + sha256(map.getBytes(UTF_8)) + "'").doesNotContain("unsafe");
        assertThat(all(page, "<script(?![^>]*importmap)[^>]*>([^<]*)</script>"))
                .as("what stands between the tags of a script")
                .isNotEmpty()
                .allMatch(String::isBlank);
        assertThat(page).doesNotContainPattern("\\sstyle=|\\son[a-z]+=");
    }

    @Test
    void holdLibrariesAgainstTheirChecksums() throws Exception {
        String page = Files.readString(WEB.resolve("index.html"));
        String list = Files.readString(WEB.resolveSibling("vendor/README.md"));
        for (String library : all(page, "\"(?:[.]/)?(vendor/[^\"]+[.]js)\"")) {
            byte[] bytes;
            try (InputStream in = ConsoleFilesTest.class.getResourceAsStream("/console/" + library)) {
                bytes = Objects.requireNonNull(in, library).readAllBytes();
            }
            if (!library.contains("preact")) {
                assertThat(list).as(library).contains(sha256(bytes).substring("sha256-".length()));
            }
        }
        String preact = first(
                Files.readString(Project.root().resolve("console/pom.xml")), "<preact.version>(.*?)</preact.version>");
        assertThat(page).contains("vendor/preact-" + preact + "/preact.module.js");
        assertThat(page)
                .contains("integrity=\""
                        + sha256(Files.readAllBytes(
                                WEB.resolveSibling("vendor/oidc-client-ts-3.5.0/oidc-client-ts.min.js")))
                        + "\"");
    }

    @Test
    void preloadWhatTheFirstScreenNeedsAndNoMore() throws IOException {
        Set<String> needed = new TreeSet<>();
        follow("app/main.js", needed);
        needed.remove("app/main.js");
        assertThat(all(Files.readString(WEB.resolve("index.html")), "rel=\"modulepreload\" href=\"(app/[^\"]+)\""))
                .containsExactlyInAnyOrderElementsOf(needed);
    }

    @Test
    void sayEverythingInEveryLanguage() throws IOException {
        Map<String, JsonNode> english = texts("en");
        assertThat(LANGUAGES).containsExactlyElementsOf(names(WEB.resolve("texts")));
        for (String language : LANGUAGES) {
            Map<String, JsonNode> texts = texts(language);
            assertThat(texts.keySet()).as(language).isEqualTo(english.keySet());
            texts.forEach((key, text) -> {
                JsonNode original = Objects.requireNonNull(english.get(key));
                for (String one : text.isTextual() ? List.of(text.asText()) : forms(text)) {
                    assertThat(one).as(language + " " + key).isNotBlank().isEqualTo(one.strip());
                    assertThat(placeholders(one))
                            .as(language + " " + key)
                            .isEqualTo(placeholders(forms(original).getLast()));
                }
                assertThat(text.isObject()).as(language + " " + key).isEqualTo(original.isObject());
                if (text.isObject()) {
                    assertThat(text.has("one") && text.has("other"))
                            .as(language + " " + key)
                            .isTrue();
                }
            });
        }
    }

    /// French sets a space before some signs, and no line may begin with one of them.
    @Test
    void breakNoFrenchLineBeforeASign() throws IOException {
        texts("fr")
                .forEach((key, text) -> assertThat(forms(text))
                        .as(key)
                        .noneMatch(it -> it.matches("(?s).*( [?!:;»]|« |[\\p{L}\\p{N}}][?!;»]|«(?!\\u00A0)).*")));
    }

    @Test
    void sayNothingThatNoOneSees() throws IOException {
        String code = code();
        // A key that is put together, such as common.role.${role}, begins like one.
        List<String> prefixes = all(code, "`([a-z][a-zA-Z.]*[.])[$][{]");
        prefixes.addAll(List.of("common.error.", "common.nav."));
        Set<String> areas = new TreeSet<>();
        texts("en").keySet().stream()
                .filter(key -> !code.contains("\"" + key + "\""))
                .filter(key -> prefixes.stream().noneMatch(key::startsWith))
                .filter(key -> !key.matches("[a-z-]+[.]error[.].*"))
                .forEach(areas::add);
        assertThat(areas).as("texts that no module names").isEmpty();
    }

    /// A code without words is shown as it is, or in the API's English.
    @Test
    void haveWordsForEveryCodeOfTheApi() throws IOException {
        Set<String> keys = texts("en").keySet();
        String problems =
                Files.readString(Project.root().resolve("shared/src/main/java/dev/tenantry/http/Problems.java"));
        assertThat(all(problems, "new Problem\\(\\s*[0-9]+,\\s*\"([a-z_]+)\""))
                .hasSizeGreaterThan(40)
                .allSatisfy(code -> assertThat(keys).anyMatch(it -> it.endsWith(".error." + code)));
        assertThat(Reason.values())
                .allSatisfy(reason -> assertThat(keys)
                        .contains("refusals.reason." + reason.text(), "refusals.hint." + reason.text()));
        assertThat(AuditAction.values()).allSatisfy(action -> assertThat(keys).contains("audit.done." + action.text()));
        assertThat(all(
                        first(Files.readString(WEB.resolve("app/screens/audit/actions.js")), "ACTIONS = \\[(.*?)\\]"),
                        "\"([a-z_.]+)\""))
                .as("the actions that can be filtered by")
                .containsExactlyElementsOf(
                        Stream.of(AuditAction.values()).map(AuditAction::text).toList());
    }

    @Test
    void nameTextsThatThereAre() throws IOException {
        Set<String> keys = texts("en").keySet();
        assertThat(all(code(), "\\bt\\(\\s*\"([^\"]+)\""))
                .isNotEmpty()
                .allSatisfy(key -> assertThat(keys).contains(key));
    }

    @Test
    void refuseThePrefixesThatTheApiRefuses() throws IOException {
        String words = first(Files.readString(WEB.resolve("app/prefix.js")), "new Set\\(\\s*`(.*?)`");
        assertThat(words.strip().split("\\s+")).hasSizeGreaterThan(50).allSatisfy(word -> {
            assertThatThrownBy(() -> DomainPrefix.forNewTenant(word)).isInstanceOf(InvalidValue.class);
        });
        String java = Files.readString(
                Project.root().resolve("shared/src/main/java/dev/tenantry/identity/DomainPrefix.java"));
        assertThat(words.strip().split("\\s+"))
                .hasSameSizeAs(first(java, "Set.of\\(\"\"\"(.*?)\"\"\"")
                        .replace("\\\n", "")
                        .strip()
                        .split("\\s+"));
    }

    /// A sheet stays once it was read, so what it says of a common class changes every screen that is looked at
    /// later.
    @Test
    void styleNothingInTheSheetOfAnAreaButItsOwn() throws IOException {
        Map<String, Set<String>> sheetsOf = new TreeMap<>();
        Map<String, List<String>> selectors = new TreeMap<>();
        for (String sheet : names(WEB.resolve("styles"))) {
            String rules =
                    Files.readString(WEB.resolve("styles").resolve(sheet)).replaceAll("(?s)/\\*.*?\\*/", "");
            selectors.put(sheet, new ArrayList<>());
            for (String list : all(rules, "([^{}]+)[{]")) {
                if (!list.strip().matches("(?s)@.*|from|to|[0-9]+%")) {
                    selectors.get(sheet).addAll(List.of(list.strip().split(",(?![^(]*[)])\\s*")));
                }
            }
            selectors
                    .get(sheet)
                    .forEach(it -> all(it, NAME)
                            .forEach(name -> sheetsOf.computeIfAbsent(name, _ -> new TreeSet<>())
                                    .add(sheet)));
        }
        selectors.keySet().removeAll(Set.of("theme.css", "base.css", "components.css", "shell.css"));
        assertThat(selectors).hasSizeGreaterThan(5);
        selectors.forEach((sheet, of) -> assertThat(of)
                .as(sheet + ": each names a class that no other sheet has")
                .allMatch(it ->
                        all(it, NAME).stream().anyMatch(name -> Set.of(sheet).equals(sheetsOf.get(name)))));
    }

    private static void follow(String module, Set<String> found) throws IOException {
        if (found.add(module)) {
            for (String other : all(
                    Files.readString(WEB.resolve(module)),
                    "(?m)^(?:import|[}]) [^;]*?from \"([.][^\"]+)\";|^import \"([.][^\"]+)\";")) {
                follow(
                        WEB.relativize(WEB.resolve(module).resolveSibling(other).normalize())
                                .toString(),
                        found);
            }
        }
    }

    private static String code() throws IOException {
        try (Stream<Path> files = Files.walk(WEB.resolve("app"))) {
            StringBuilder code = new StringBuilder();
            for (Path file : files.filter(it -> it.toString().endsWith(".js")).toList()) {
                code.append(Files.readString(file));
            }
            return code.toString();
        }
    }

    private static Map<String, JsonNode> texts(String language) throws IOException {
        Map<String, JsonNode> texts = new TreeMap<>();
        for (String area : names(WEB.resolve("texts").resolve(language))) {
            JsonNode table = Json.parse(Files.readString(
                            WEB.resolve("texts").resolve(language).resolve(area)))
                    .orElseThrow();
            table.properties().forEach(text -> {
                assertThat(text.getKey()).startsWith(area.replace(".json", "."));
                texts.put(text.getKey(), text.getValue());
            });
        }
        return texts;
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(it -> it.getFileName().toString()).sorted().toList();
        }
    }

    private static List<String> forms(JsonNode text) {
        return text.isTextual()
                ? List.of(text.asText())
                : text.valueStream().map(JsonNode::asText).toList();
    }

    private static Set<String> placeholders(String text) {
        return Set.copyOf(all(text, "[{](\\w+)[}]"));
    }

    private static String first(String text, String pattern) {
        return all(text, pattern).getFirst();
    }

    private static List<String> all(String text, String pattern) {
        return Pattern.compile(pattern, Pattern.DOTALL)
                .matcher(text)
                .results()
                .map((MatchResult it) -> it.group(1) == null ? it.group(2) : it.group(1))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static String sha256(byte[] bytes) throws Exception {
        return "sha256-"
                + Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
