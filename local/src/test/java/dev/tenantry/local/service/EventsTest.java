package dev.tenantry.local.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.local.openapi.OpenApi;
import dev.tenantry.local.openapi.Operation;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The files under `events/`, each given to the function that its folder names.
class EventsTest {

    private static final OpenApi API = OpenApi.load();

    static List<Path> events() {
        return Project.events();
    }

    @ParameterizedTest
    @MethodSource("events")
    void answersASampleEventAsItsNameSays(Path file) {
        SampleEvent event = SampleEvent.of(file);
        try (Sandbox sandbox = event.sandbox()) {
            String answer = sandbox.invoke(event.function(), event.json());
            event.check(API, answer);
        }
    }

    @Test
    void hasAFileForEachExpectation() {
        assertThat(Project.events()).extracting(SampleEvent::name).containsExactlyInAnyOrderElementsOf(SampleEvent.NAMES);
    }

    @Test
    void hasAnEventForEachOperation() {
        Set<String> routes = new HashSet<>();
        Project.events().forEach(file -> routes.add(SampleEvent.of(file).routeKey()));
        assertThat(routes).containsAll(API.operations().stream().map(Operation::route).toList());
    }
}
