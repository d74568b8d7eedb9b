package dev.tenantry.local.reference;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/// A library for browsers, served from its Maven artifact.
///
/// @param group    its Maven group
/// @param artifact its Maven artifact
record WebJar(String group, String artifact) {

    /// @param file relative to the library's root
    byte[] read(String file) {
        return ClassPath.read("/META-INF/resources/webjars/" + artifact + "/" + version() + "/" + file);
    }

    /// From the artifact itself, so that the version is written down in the pom alone.
    private String version() {
        Properties pom = new Properties();
        try {
            pom.load(new ByteArrayInputStream(
                    ClassPath.read("/META-INF/maven/" + group + "/" + artifact + "/pom.properties")));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return pom.getProperty("version", "");
    }
}
