package dev.tenantry.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantry.runtime.JsonText;
import dev.tenantry.storage.Page;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A page of a list as the body of an answer. It ends before Lambda would refuse the answer, and the list goes on after
/// what is on it.
///
/// @param next position after which the list goes on; empty at its end
record PageBody(String text, Optional<String> next) {

    /// What Lambda lets a function return at most (AWS Lambda Developer Guide, "Lambda quotas": 6 MB and a little;
    /// the error names the bytes).
    private static final int LAMBDA_BYTES = 6_291_556;

    /// For what surrounds the body: the headers, of which `Link` repeats the query. API Gateway takes 10 KiB of a
    /// request's line and headers.
    private static final int AROUND_BODY = 64 * 1024;

    /// What a body may weigh.
    static final int MOST_BYTES = LAMBDA_BYTES - AROUND_BODY;

    /// Writes one item.
    @FunctionalInterface
    private interface Writer<T> {
        void write(T item) throws IOException;
    }

    /// As an array.
    static <T> PageBody json(Page<T> page, Shape<T> shape) {
        Scale body = new Scale();
        try (JsonGenerator json = JsonText.FACTORY.createGenerator(body)) {
            json.writeStartArray();
            Page<T> part = fill(body, page, item -> {
                shape.write(json, item);
                json.flush();
            });
            json.writeEndArray();
            json.flush();
            return new PageBody(body.toString(StandardCharsets.UTF_8), part.next());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As CSV with a header line.
    static <T> PageBody csv(Page<T> page, TableShape<T> shape) {
        Scale body = new Scale();
        try {
            Csv csv = new Csv(body, shape.columns());
            Page<T> part = fill(body, page, item -> csv.row(JsonText.of(json -> shape.write(json, item))));
            return new PageBody(body.toString(StandardCharsets.UTF_8), part.next());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Writes as many of the items as fit, and one in any case: what a row of the table holds always does.
    private static <T> Page<T> fill(Scale body, Page<T> page, Writer<T> writer) throws IOException {
        for (int i = 0; i < page.items().size(); i++) {
            int end = body.size();
            writer.write(page.items().get(i));
            if (body.weight > MOST_BYTES && i > 0) {
                body.cut(end);
                return page.first(i);
            }
        }
        return page;
    }

    /// Takes bytes and tells what they weigh in the answer, where the body is a JSON string: a quote or a backslash
    /// takes two bytes, the other characters that a string must escape up to six (RFC 8259 §7).
    private static final class Scale extends ByteArrayOutputStream {

        private int weight;

        Scale() {
            super(4096);
        }

        @Override
        public synchronized void write(int b) {
            super.write(b);
            weight += weight((byte) b);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            for (int i = offset; i < offset + length; i++) {
                weight += weight(bytes[i]);
            }
        }

        /// Forgets what follows the first bytes. Nothing more is weighed then.
        private void cut(int length) {
            count = length;
        }

        private static int weight(byte b) {
            if (b == '"' || b == '\\') {
                return 2;
            }
            // The bytes of other than ASCII are negative.
            return b >= 0 && b < ' ' ? 6 : 1;
        }
    }
}
