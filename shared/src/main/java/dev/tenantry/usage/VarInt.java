package dev.tenantry.usage;

import java.io.ByteArrayOutputStream;

/// Whole numbers in as few bytes as they need: seven bits to a byte, lowest first, the eighth says that more follow
/// (LEB128). Rows of usage are written again with every fold, and DynamoDB charges by the kilobyte.
final class VarInt {

    private static final int BITS = 7;
    private static final int MORE = 1 << BITS;

    private VarInt() {}

    /// Puts numbers behind each other.
    static final class Writer {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        void unsigned(long value) {
            long rest = value;
            while ((rest & -MORE) != 0) {
                bytes.write((int) (rest & (MORE - 1)) | MORE);
                rest >>>= BITS;
            }
            bytes.write((int) rest);
        }

        /// Small numbers of either sign are short: 0, −1, 1, −2 … are written as 0, 1, 2, 3 …
        void signed(long value) {
            unsigned(value << 1 ^ value >> 63);
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }
    }

    /// Takes numbers in the order in which they were put.
    static final class Reader {

        private final byte[] bytes;
        private int next;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        boolean hasMore() {
            return next < bytes.length;
        }

        long unsigned() {
            long value = 0;
            for (int shift = 0; ; shift += BITS) {
                byte b = bytes[next++];
                value |= (long) (b & MORE - 1) << shift;
                if (b >= 0) {
                    return value;
                }
            }
        }

        long signed() {
            long value = unsigned();
            return value >>> 1 ^ -(value & 1);
        }
    }
}
