package dev.tenantry.local.reference;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/// What the class path holds besides classes. Nothing is read before it is asked for, so pages cost nothing at start.
public final class ClassPath {

    private ClassPath() {}

    /// @param name absolute, such as `/docs/bar.css`
    public static Optional<byte[]> find(String name) {
        try (InputStream in = ClassPath.class.getResourceAsStream(name)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// What is there, or the build is broken.
    public static byte[] read(String name) {
        return find(name).orElseThrow(() -> new IllegalStateException(name + " is not on the class path."));
    }
}
