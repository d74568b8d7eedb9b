package dev.tenantry.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredJarsTest {

    private static final LocalDateTime TIME = LocalDateTime.of(2026, 1, 31, 10, 20, 30);
    private static final String CONTENT = "the same again, ".repeat(1000);

    @Test
    void storesWhatIsInThemAndLeavesItAsItIs(@TempDir Path folder) throws IOException {
        Path one = jar(folder.resolve("one.jar"), "META-INF/", "META-INF/MANIFEST.MF", "b/B.class", "a/A.class");
        Path other = jar(folder.resolve("other.jar"), "c/C.class");

        StoredJars.main(
                folder.resolve("lib").toString(),
                one.toString(),
                String.join(File.pathSeparator, folder.resolve("classes").toString(), other.toString()));

        try (ZipFile stored = new ZipFile(folder.resolve("lib/one.jar").toFile())) {
            List<? extends ZipEntry> entries = Collections.list(stored.entries());
            assertThat(entries)
                    .extracting(ZipEntry::getName)
                    .containsExactly("META-INF/", "META-INF/MANIFEST.MF", "b/B.class", "a/A.class");
            for (ZipEntry entry : entries) {
                assertThat(entry.getMethod()).as(entry.getName()).isEqualTo(ZipEntry.STORED);
                assertThat(entry.getTimeLocal()).isEqualTo(TIME);
            }
            assertThat(stored.getInputStream(stored.getEntry("a/A.class")).readAllBytes())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo(CONTENT);
        }
        assertThat(folder.resolve("lib/other.jar")).exists();
        assertThat(folder.resolve("lib")).isDirectoryContaining(file -> file.endsWith("one.jar"));
        assertThat(folder.resolve("lib").toFile().list()).hasSize(2);
    }

    private static Path jar(Path file, String... names) throws IOException {
        try (ZipOutputStream jar = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String name : names) {
                ZipEntry entry = new ZipEntry(name);
                entry.setTimeLocal(TIME);
                jar.putNextEntry(entry);
                if (!entry.isDirectory()) {
                    jar.write(CONTENT.getBytes(StandardCharsets.UTF_8));
                }
                jar.closeEntry();
            }
        }
        return file;
    }
}
