package dev.tenantry.packaging;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Copies jars, with what is in them stored instead of compressed. A class that need not be inflated is there sooner: a
/// cold start takes a tenth less (docs/adr/0042). The package around them is compressed, so it is not larger.
public final class StoredJars {

    private StoredJars() {}

    /// @param arguments the folder, and after it class paths; what is no jar in them, or not there, is left out
    public static void main(String... arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        for (int i = 1; i < arguments.length; i++) {
            for (String element : arguments[i].split(File.pathSeparator)) {
                Path jar = Path.of(element);
                if (element.endsWith(".jar") && Files.exists(jar)) {
                    copy(jar, folder.resolve(jar.getFileName()));
                }
            }
        }
    }

    /// Names, order, times and content stay as they are. Two jars of one name are a mistake.
    static void copy(Path jar, Path stored) throws IOException {
        try (ZipFile from = new ZipFile(jar.toFile());
                ZipOutputStream to =
                        new ZipOutputStream(Files.newOutputStream(stored, StandardOpenOption.CREATE_NEW))) {
            to.setMethod(ZipOutputStream.STORED);
            for (ZipEntry entry : Collections.list(from.entries())) {
                ZipEntry copy = new ZipEntry(entry.getName());
                // As it is written in a jar, without a zone.
                copy.setTimeLocal(entry.getTimeLocal());
                copy.setSize(entry.getSize());
                copy.setCrc(entry.getCrc());
                to.putNextEntry(copy);
                try (var content = from.getInputStream(entry)) {
                    content.transferTo(to);
                }
                to.closeEntry();
            }
        }
    }
}
