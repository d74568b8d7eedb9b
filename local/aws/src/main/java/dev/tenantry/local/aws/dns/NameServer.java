package dev.tenantry.local.aws.dns;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Answers questions for TXT records over UDP and TCP, as a resolver would (RFC 1035 §4), on this machine only.
public final class NameServer implements AutoCloseable {

    /// What a UDP answer may have when the question says nothing else (RFC 1035 §2.3.4).
    private static final int LARGEST_DATAGRAM = 512;

    private static final int LARGEST_MESSAGE = 65_535;
    private static final int HEADER = 12;
    private static final int TXT = 16;
    private static final int IN = 1;
    private static final int FORMAT_ERROR = 1;
    private static final int NO_SUCH_NAME = 3;
    private static final int TRIES = 20;

    private final TxtZone zone;
    private final DatagramSocket datagrams;
    private final ServerSocket connections;

    private NameServer(TxtZone zone, DatagramSocket datagrams, ServerSocket connections) {
        this.zone = zone;
        this.datagrams = datagrams;
        this.connections = connections;
    }

    /// Starts one on some free port.
    public static NameServer start(TxtZone zone) {
        for (int tries = 1; ; tries++) {
            try {
                NameServer server = bound(zone);
                Thread.ofVirtual().name("name server, UDP").start(server::answerDatagrams);
                Thread.ofVirtual().name("name server, TCP").start(server::answerConnections);
                return server;
            } catch (BindException e) {
                // Another one has that port for TCP.
                if (tries == TRIES) {
                    throw new UncheckedIOException(e);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static NameServer bound(TxtZone zone) throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        DatagramSocket datagrams = new DatagramSocket(new InetSocketAddress(loopback, 0));
        try {
            return new NameServer(zone, datagrams, new ServerSocket(datagrams.getLocalPort(), 0, loopback));
        } catch (IOException e) {
            datagrams.close();
            throw e;
        }
    }

    /// Where it answers, such as `dns://127.0.0.1:5353`.
    public URI uri() {
        return URI.create("dns://127.0.0.1:" + datagrams.getLocalPort());
    }

    @Override
    public void close() {
        datagrams.close();
        try {
            connections.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answerDatagrams() {
        byte[] buffer = new byte[LARGEST_MESSAGE];
        while (!datagrams.isClosed()) {
            DatagramPacket question = new DatagramPacket(buffer, buffer.length);
            try {
                datagrams.receive(question);
                Optional<byte[]> answer = answer(Arrays.copyOf(buffer, question.getLength()), LARGEST_DATAGRAM);
                if (answer.isPresent()) {
                    datagrams.send(new DatagramPacket(answer.get(), answer.get().length, question.getSocketAddress()));
                }
            } catch (IOException e) {
                // Closed, or whoever asked is gone.
            }
        }
    }

    private void answerConnections() {
        while (!connections.isClosed()) {
            try {
                Socket connection = connections.accept();
                Thread.ofVirtual().start(() -> answerOver(connection));
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    private void answerOver(Socket connection) {
        try (connection) {
            DataInputStream in = new DataInputStream(connection.getInputStream());
            DataOutputStream out = new DataOutputStream(connection.getOutputStream());
            byte[] question = new byte[in.readUnsignedShort()];
            in.readFully(question);
            Optional<byte[]> answer = answer(question, LARGEST_MESSAGE);
            if (answer.isPresent()) {
                out.writeShort(answer.get().length);
                out.write(answer.get());
                out.flush();
            }
        } catch (IOException e) {
            // Whoever asked is gone.
        }
    }

    /// @param most bytes of the answer; of a longer one there is only the header, which says so
    private Optional<byte[]> answer(byte[] question, int most) throws IOException {
        if (question.length < HEADER) {
            return Optional.empty();
        }
        StringBuilder name = new StringBuilder();
        int at = HEADER;
        while (at < question.length && question[at] > 0 && at + 1 + question[at] < question.length) {
            name.append(new String(question, at + 1, question[at], ISO_8859_1)).append('.');
            at += 1 + question[at];
        }
        int end = at + 5;
        if (number(question, 4) != 1 || end > question.length || question[at] != 0) {
            return Optional.of(message(question, HEADER, FORMAT_ERROR, false, List.of()));
        }
        Optional<List<String>> values = zone.at(name.toString());
        boolean isForText = number(question, at + 1) == TXT && number(question, at + 3) == IN;
        List<String> shown = isForText ? values.orElse(List.of()) : List.of();
        int code = values.isPresent() ? 0 : NO_SUCH_NAME;
        byte[] whole = message(question, end, code, false, shown);
        return Optional.of(whole.length <= most ? whole : message(question, end, code, true, List.of()));
    }

    private static byte[] message(byte[] question, int end, int code, boolean isCut, List<String> values)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(question, 0, 2);
        // It is an answer; operation code and the wish for recursion are the question's; recursion is there.
        out.writeByte(0x80 | (question[2] & 0x79) | (isCut ? 2 : 0));
        out.writeByte(0x80 | code);
        out.writeShort(end > HEADER ? 1 : 0);
        out.writeShort(values.size());
        out.writeInt(0);
        out.write(question, HEADER, end - HEADER);
        for (String value : values) {
            byte[] text = value.getBytes(UTF_8);
            int strings = Math.max(1, (text.length + 254) / 255);
            // The name is that of the question, and good for this moment only.
            out.writeShort(0xC000 | HEADER);
            out.writeShort(TXT);
            out.writeShort(IN);
            out.writeInt(0);
            out.writeShort(text.length + strings);
            for (int i = 0; i < strings; i++) {
                int length = Math.min(255, text.length - i * 255);
                out.writeByte(length);
                out.write(text, i * 255, length);
            }
        }
        return bytes.toByteArray();
    }

    private static int number(byte[] bytes, int at) {
        return at + 1 < bytes.length ? (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF : -1;
    }
}
