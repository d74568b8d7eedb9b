package dev.tenantry.tests.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import org.junit.jupiter.api.Test;

/// What documents say of the code is so: what they quote stands there, and what they name is there.
class DocumentsTest {

    /// Either a link to a Java file, or code that is quoted from the one linked to last.
    private static final Pattern LINK_OR_QUOTE =
            Pattern.compile("]\\(([^)#]+\\.java)\\)|(?ms)^ *```java\\n(.*?)^ *```$");

    private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");

    /// A type, a field or a method, the latter with its type or without: `TenantStoreTest.givesANumberOutOnce`.
    private static final Pattern NAME =
            Pattern.compile("([A-Z][a-z0-9]\\w*|[a-z]+[A-Z]\\w*)(?:\\.([a-z]\\w*))?(?:\\([^)]*\\))?");

    private static final Set<String> NAMES_OF_AWS = Set.of(
            "AccountUsage",
            "AdministratorAccess",
            "ApiCallTimeoutException",
            "ConcurrentExecutions",
            "ExclusiveStartKey",
            "FunctionError",
            "Inactive",
            "PowerUserAccess",
            "RequestHandler",
            "ReservedConcurrentExecutions",
            "SendMessageBatch",
            "SnapStartNotReadyException",
            "StateReason",
            "TotalCodeSize");

    private static final Pattern COMMENT_LINE = Pattern.compile("(?m)^ *(//|#).*");

    private record Quote(Path document, Path file, String code) {

        /// Whether the code stands in the file, wherever lines break in either. An ellipsis stands for anything
        /// within one statement.
        boolean isThere() {
            String pattern = Arrays.stream(withoutSpace(code).split("…", -1))
                    .map(Pattern::quote)
                    .collect(Collectors.joining("[^;{}]*"));
            return Pattern.compile(pattern)
                    .matcher(withoutSpace(Project.read(file)))
                    .find();
        }

        private static String withoutSpace(String text) {
            return text.replaceAll("\\s+", "");
        }
    }

    @Test
    void quoteCodeAsItIs() {
        List<Quote> quotes = new ArrayList<>();
        for (Path document : Project.files(".md")) {
            Optional<Path> linked = Optional.empty();
            for (MatchResult match :
                    LINK_OR_QUOTE.matcher(Project.read(document)).results().toList()) {
                if (match.group(1) != null) {
                    linked = Optional.of(document.resolveSibling(match.group(1)).normalize());
                } else {
                    Path file = linked.orElseThrow(() ->
                            new AssertionError(document + " quotes code with no link to its file:\n" + match.group(2)));
                    quotes.add(new Quote(document, file, match.group(2)));
                }
            }
        }
        assertThat(quotes)
                .hasSizeGreaterThan(4)
                .allSatisfy(quote -> assertThat(quote.isThere())
                        .as(quote.document() + " quotes what " + quote.file() + " does not have:\n" + quote.code())
                        .isTrue());
    }

    @Test
    void nameWhatThereIs() {
        Set<String> words = new HashSet<>(NAMES_OF_AWS);
        Pattern word = Pattern.compile("\\w+");
        for (Path file : Project.files(".java", ".yaml", ".js", ".html", ".xml", ".py", "run")) {
            words.add(file.getFileName().toString().replaceFirst("\\..*", ""));
            // This file itself names what is not there.
            if (!file.endsWith("DocumentsTest.java")) {
                String text = COMMENT_LINE.matcher(Project.read(file)).replaceAll("");
                word.matcher(text).results().forEach(match -> words.add(match.group()));
            }
        }
        assertThat(Project.files(".md")).allSatisfy(document -> {
            String prose = Project.FENCE.matcher(Project.read(document)).replaceAll("");
            assertThat(CODE.matcher(prose)
                            .results()
                            .map(match -> NAME.matcher(match.group(1)))
                            .filter(name -> name.matches()
                                    && !(words.contains(name.group(1))
                                            && (name.group(2) == null || words.contains(name.group(2)))))
                            .map(name -> name.group()))
                    .as("what " + document + " names and the project does not have")
                    .isEmpty();
        });
    }

    /// Who follows the runbook from its first line on copies its commands.
    @Test
    void sayWhereEachVariableOfACommandComesFrom() throws IOException {
        String runbook = Files.readString(Project.root().resolve("docs/operations.md"));
        Set<String> used = Pattern.compile("(?ms)^ *```(?:sh|console)\\n(.*?)^ *```$")
                .matcher(runbook)
                .results()
                .flatMap(block -> Pattern.compile("\\$\\{?([A-Z][A-Z_]+)")
                        .matcher(block.group(1))
                        .results())
                .map(variable -> variable.group(1))
                .collect(Collectors.toSet());
        assertThat(used)
                .contains("STACK", "FUNCTION", "TABLE")
                .allSatisfy(name -> assertThat(runbook)
                        .containsPattern("[ (]NAME=|\nNAME=|for NAME in|read -r NAME|`NAME` is".replace("NAME", name)));
    }

    @Test
    void leadToPlacesThatAreThere() {
        List<String> places = whereALineGoes()
                .lines()
                .filter(line -> line.startsWith("| "))
                .skip(1)
                .flatMap(row -> CODE.matcher(row.split("\\|")[2]).results().map(match -> match.group(1)))
                .filter(place -> !SourceVersion.isKeyword(place))
                .toList();
        List<String> files = Project.files("").stream()
                .map(file -> Project.root().relativize(file).toString())
                .toList();
        assertThat(places)
                .hasSizeGreaterThan(15)
                .allSatisfy(place -> assertThat(files).as(place).anyMatch(isAt(place)));
    }

    @Test
    void nameEachPackageOfTheCore() throws IOException {
        String layout = whereALineGoes();
        int begin = layout.indexOf("\nshared/");
        String core = layout.substring(begin, layout.indexOf("\nfunctions/", begin));
        try (Stream<Path> packages = Files.list(Project.root().resolve("shared/src/main/java/dev/tenantry"))) {
            assertThat(core.split("\\W+"))
                    .contains(packages.map(folder -> folder.getFileName().toString())
                            .toArray(String[]::new));
        }
    }

    /// Whether a file is, or is in, the place that is meant. `<group>` stands for any name, `…` for folders in
    /// between.
    private static Predicate<String> isAt(String place) {
        String pattern = Pattern.quote(place.replaceFirst("/$", ""))
                .replaceAll("<[a-z]+>", "\\\\E[a-z]+\\\\Q")
                .replaceAll("<[A-Z][a-z]+>", "\\\\E[A-Z][A-Za-z]*\\\\Q")
                .replace("…", "\\E.*\\Q");
        return Pattern.compile("(.*/)?" + pattern + "(/.*|\\.java)?").asMatchPredicate();
    }

    private static String whereALineGoes() {
        String contributing = Project.read(Project.root().resolve("CONTRIBUTING.md"));
        int begin = contributing.indexOf("\n## Where does a line go?\n");
        return contributing.substring(begin, contributing.indexOf("\n## ", begin + 1));
    }
}
