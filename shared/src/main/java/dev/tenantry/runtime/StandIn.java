package dev.tenantry.runtime;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;

/// Stands in for the services that a function works with, while it primes: a small HTTP server on this machine alone,
/// that answers what [PrimedAnswers] says. So all that an invocation does is done once, to the last byte of the
/// network, and nobody's data is touched (docs/adr/0036).
public final class StandIn implements AutoCloseable {

    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final ServerSocket socket;

    private StandIn(ServerSocket socket) {
        this.socket = socket;
    }

    /// Begins to answer.
    public static StandIn start() throws IOException {
        StandIn standIn = new StandIn(new ServerSocket(0, 0, InetAddress.getByAddress(LOOPBACK)));
        Thread.ofVirtual().start(standIn::accept);
        return standIn;
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    private void accept() {
        while (true) {
            try {
                Socket connection = socket.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                // Closed: priming is over.
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            // Not before somebody asks: what reads them is not in the package of a function that works with nobody.
            PrimedAnswers answers = new PrimedAnswers();
            InputStream in = new BufferedInputStream(connection.getInputStream());
            for (String request = line(in); !request.isEmpty(); request = line(in)) {
                Map<String, String> headers = new HashMap<>();
                for (String header = line(in); !header.isEmpty(); header = line(in)) {
                    int colon = header.indexOf(':');
                    headers.put(
                            header.substring(0, colon).toLowerCase(Locale.ROOT),
                            header.substring(colon + 1).strip());
                }
                byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
                String what = headers.getOrDefault("x-amz-target", request);
                write(connection.getOutputStream(), answers.to(what, body));
            }
        } catch (IOException | RuntimeException e) {
            // Whoever asked is told by the connection's end.
        }
    }

    private static void write(OutputStream out, String answer) throws IOException {
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        CRC32 checksum = new CRC32();
        checksum.update(body);
        // The checksum is DynamoDB's, whose client looks at it.
        String head = "HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: " + body.length
                + "\r\nx-amzn-RequestId: priming\r\nx-amz-crc32: " + checksum.getValue() + "\r\n\r\n";
        // In one piece: a second one would wait until the first is acknowledged.
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        whole.writeBytes(body);
        whole.writeTo(out);
    }

    /// The next line, without its end; empty at the end of the connection as well.
    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
