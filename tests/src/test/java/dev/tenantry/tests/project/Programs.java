package dev.tenantry.tests.project;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What this machine has besides Java.
public final class Programs {

    private Programs() {}

    /// The first program on the `PATH` that has one of these names.
    public static Optional<Path> find(List<String> names) {
        for (String directory : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            for (String name : names) {
                Path program = Path.of(directory, name);
                if (!directory.isEmpty() && Files.isExecutable(program) && Files.isRegularFile(program)) {
                    return Optional.of(program);
                }
            }
        }
        return Optional.empty();
    }
}
