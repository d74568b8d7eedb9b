package dev.tenantry.tests.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The module that puts together what is deployed.
class ReleaseTest {

    private static final Pattern FUNCTION = Pattern.compile("<artifactId>tenantry-function-([a-z]+)</artifactId>");

    private static final Pattern MODULE = Pattern.compile("<module>([a-z]+)</module>");

    /// Maven would build it before a function that it does not depend on, and its bill of materials would leave out
    /// what that function ships.
    @Test
    void dependsOnEachFunction() {
        List<String> functions = named(MODULE, "functions/pom.xml");
        assertThat(functions).hasSizeGreaterThan(10);
        assertThat(named(FUNCTION, "release/pom.xml")).containsExactlyElementsOf(functions);
    }

    private static List<String> named(Pattern pattern, String pom) {
        return pattern.matcher(Project.read(Project.root().resolve(pom)))
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
