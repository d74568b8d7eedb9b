package dev.tenantry.tests.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The decision records in `docs/adr`: a newcomer finds each of them in the index, and whoever follows a number finds a
/// record.
class DecisionsTest {

    private static final Path FOLDER = Project.root().resolve("docs/adr");

    private static final String INDEX = Project.read(FOLDER.resolve("README.md"));

    private static final Pattern RECORD = Pattern.compile("(\\d{4})-[a-z0-9-]+\\.md");

    private static final Pattern HEADING = Pattern.compile("\\A# (\\d{4}) (.+)");

    private static final Pattern ENTRY = Pattern.compile("(?m)^\\| (\\d{4}) \\| \\[(.+)]\\((.+)\\) \\| .+ \\|$");

    private static final Pattern GAP = Pattern.compile("There is no (\\d{4})");

    private static final Pattern CITATION = Pattern.compile("(?:\\badr/|\\bADRs? \\[?)(\\d{4})");

    @Test
    void listsEachDecisionByItsNumberAndTitle() {
        List<String> records = new ArrayList<>();
        for (Path file : records()) {
            String name = file.getFileName().toString();
            var heading = HEADING.matcher(Project.read(file));
            assertThat(heading.find()).as("heading of " + name).isTrue();
            assertThat(name).startsWith(heading.group(1));
            records.add(heading.group(1) + " " + heading.group(2) + ": " + name);
        }
        assertThat(ENTRY.matcher(INDEX)
                        .results()
                        .map(entry -> entry.group(1) + " " + entry.group(2) + ": " + entry.group(3)))
                .containsExactlyElementsOf(records);
    }

    @Test
    void saysWhyANumberIsMissing() {
        List<String> missing = IntStream.rangeClosed(
                        1, Integer.parseInt(numbers().last()))
                .mapToObj("%04d"::formatted)
                .filter(number -> !numbers().contains(number))
                .toList();
        assertThat(GAP.matcher(INDEX).results().map(gap -> gap.group(1))).containsExactlyElementsOf(missing);
    }

    @Test
    void isThereWhereverItIsCited() {
        var citations = new TreeMap<Path, List<String>>();
        for (Path file : Project.files(".java", ".md", ".yaml", ".yml", ".xml", ".js", ".py", ".sh")) {
            List<String> cited = CITATION.matcher(Project.read(file))
                    .results()
                    .map(citation -> citation.group(1))
                    .toList();
            if (!cited.isEmpty()) {
                citations.put(file, cited);
            }
        }
        assertThat(citations)
                .hasSizeGreaterThan(10)
                .allSatisfy((file, cited) ->
                        assertThat(numbers()).as(file.toString()).containsAll(cited));
    }

    private static List<Path> records() {
        return Project.files(".md").stream()
                .filter(file -> file.startsWith(FOLDER)
                        && RECORD.matcher(file.getFileName().toString()).matches())
                .toList();
    }

    private static TreeSet<String> numbers() {
        var numbers = new TreeSet<String>();
        for (Path file : records()) {
            numbers.add(file.getFileName().toString().substring(0, 4));
        }
        return numbers;
    }
}
