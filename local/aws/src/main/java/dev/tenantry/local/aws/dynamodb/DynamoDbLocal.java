package dev.tenantry.local.aws.dynamodb;

import dev.tenantry.local.aws.CannotStart;
import dev.tenantry.local.aws.template.TableDefinition;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.Logger;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/// DynamoDB Local in this process, answering HTTP on loopback, with the template's tables.
///
/// Its own server class is left aside: that one listens on every network interface and sends telemetry.
public final class DynamoDbLocal implements AutoCloseable {

    /// Kept, because a logger that nobody holds forgets its settings.
    private static final Logger SQLITE_LOG = Logger.getLogger("com.almworks.sqlite4java");

    private static final String EVERY_ORIGIN = "*";

    private final Optional<DataDirectory> directory;
    private final Server server;
    private final ServerConnector connector;
    private final LocalDynamoDBServerHandler handler;

    private DynamoDbLocal(
            Optional<DataDirectory> directory,
            Server server,
            ServerConnector connector,
            LocalDynamoDBServerHandler handler) {
        this.directory = directory;
        this.server = server;
        this.connector = connector;
        this.handler = handler;
    }

    /// Starts it on a free port and makes the tables that are not there yet.
    ///
    /// @param directory where it keeps its data; in memory if empty
    /// @throws CannotStart if it can't be started, another service has the directory, or a table in it is another
    ///                     one than the template's
    public static DynamoDbLocal start(Optional<Path> directory, List<TableDefinition> tables) {
        // Not its level, which the library sets itself. What goes wrong is told in our own words.
        SQLITE_LOG.setUseParentHandlers(false);
        Optional<DataDirectory> taken = directory.map(DynamoDbLocal::take);
        LocalDynamoDBRequestHandler requests;
        try {
            requests = open(directory, tables);
        } catch (CannotStart reported) {
            taken.ifPresent(DataDirectory::close);
            throw reported;
        }
        LocalDynamoDBServerHandler handler = new LocalDynamoDBServerHandler(requests, EVERY_ORIGIN);
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(0);
        server.addConnector(connector);
        server.setHandler(handler);
        DynamoDbLocal dynamoDb = new DynamoDbLocal(taken, server, connector, handler);
        try {
            server.start();
        } catch (Exception failure) {
            dynamoDb.close();
            throw notStarted(failure);
        }
        return dynamoDb;
    }

    private static DataDirectory take(Path directory) {
        try {
            return DataDirectory.take(directory);
        } catch (IOException unusable) {
            throw new CannotStart(
                    "DATA_DIR " + directory + " can't be made or written to (" + reason(unusable)
                            + "). Choose another directory.",
                    unusable);
        }
    }

    /// The database with its tables. Nothing else that fails is said to be the data's fault.
    private static LocalDynamoDBRequestHandler open(Optional<Path> directory, List<TableDefinition> tables) {
        try {
            // One database for all access keys and regions (shared), and tables that are there at once (no delay).
            LocalDynamoDBRequestHandler requests = new LocalDynamoDBRequestHandler(
                    0, directory.isEmpty(), directory.map(Path::toString).orElse(null), true, false);
            try {
                Tables.ensure(requests, tables);
            } catch (RuntimeException failure) {
                requests.shutdown();
                throw failure;
            }
            return requests;
        } catch (CannotStart reported) {
            throw reported;
        } catch (Exception failure) {
            throw directory
                    .map(path -> new CannotStart(
                            "DATA_DIR " + path + " holds what DynamoDB Local can't read, or has no room left ("
                                    + reason(failure) + "). Choose another directory, or delete this one: the tenants"
                                    + " that were made here are lost then.",
                            failure))
                    .orElseGet(() -> notStarted(failure));
        }
    }

    private static CannotStart notStarted(Exception failure) {
        return new CannotStart("DynamoDB Local does not start: " + reason(failure), failure);
    }

    /// The JDK's own words where it has any; its exceptions of files have only a path as their message.
    private static String reason(Exception failure) {
        return switch (failure) {
            case AccessDeniedException _ -> "Permission denied";
            case NoSuchFileException _ -> "No such file or directory";
            case FileSystemException file when file.getReason() != null -> file.getReason();
            default -> failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        };
    }

    /// The endpoint for SDKs and the AWS CLI.
    public URI uri() {
        return URI.create("http://127.0.0.1:" + connector.getLocalPort());
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception leftOver) {
            throw new IllegalStateException("DynamoDB Local does not stop.", leftOver);
        } finally {
            handler.close();
            directory.ifPresent(DataDirectory::close);
        }
    }
}
