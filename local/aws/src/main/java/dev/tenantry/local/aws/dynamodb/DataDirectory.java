package dev.tenantry.local.aws.dynamodb;

import dev.tenantry.local.aws.CannotStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The directory that keeps a table, held by one service at a time: two DynamoDB Locals on the same files overwrite
/// each other's changes without a word. The lock is the operating system's, so a service that was killed leaves none
/// behind.
record DataDirectory(Path path, FileChannel lock) implements AutoCloseable {

    private static final String LOCK = "in-use.lock";

    /// Makes the directory if it is not there, and takes it.
    ///
    /// @throws CannotStart if another service has it, or it is no directory
    /// @throws IOException if it can't be made or written to
    static DataDirectory take(Path directory) throws IOException {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new CannotStart(List.of("DATA_DIR " + directory + " is no directory. Choose another."));
        }
        Path path = Files.createDirectories(directory);
        FileChannel channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new CannotStart(List.of("DATA_DIR " + path + " is in use by a running service. Stop that service, or"
                    + " choose another directory."));
        }
        return new DataDirectory(path, channel);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException leftOver) {
            throw new UncheckedIOException(leftOver);
        }
    }
}
