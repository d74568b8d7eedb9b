package dev.tenantry.usage;

import java.io.ByteArrayOutputStream;

/// Whole numbers in as few bytes as they need: seven bits to a byte, lowest first, the eighth says that more follow
/// (LEB128). Rows of usage are written again with every fold, and DynamoDB charges by the kilobyte.
public final class VarInt {

    private static final int BITS = 7;
    private static final int MORE = 1 << BITS;

    private VarInt() {}

    /// Puts numbers behind each other.
    public static final class Writer {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        public void unsigned(long value) {
            long rest = value;
            while ((rest & -MORE) != 0) {
                bytes.write((int) (rest & (MORE - 1)) | MORE);
                rest >>>= BITS;
            }
            bytes.write((int) rest);
        }

        /// Small numbers of either sign are short: 0, −1, 1, −2 … are written as 0, 1, 2, 3 …
        public void signed(long value) {
            unsigned(value << 1 ^ value >> 63);
        }

        /// All eight bytes: for what is as often great as small.
        public void fixed(long value) {
            for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
                bytes.write((int) (value >>> shift));
            }
        }

        void bytes(byte[] more) {
            bytes.writeBytes(more);
        }

        public byte[] bytes() {
            return bytes.toByteArray();
        }
    }

    /// Takes numbers in the order in which they were put.
    public static final class Reader {

        private final byte[] bytes;
        private int next;

        public Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        public boolean hasMore() {
            return next < bytes.length;
        }

        public long unsigned() {
            long value = 0;
            for (int shift = 0; ; shift += BITS) {
                byte b = bytes[next++];
                value |= (long) (b & MORE - 1) << shift;
                if (b >= 0) {
                    return value;
                }
            }
        }

        public long fixed() {
            long value = 0;
            for (int i = 0; i < Long.BYTES; i++) {
                value = value << Byte.SIZE | bytes[next++] & 0xff;
            }
            return value;
        }

        public long signed() {
            long value = unsigned();
            return value >>> 1 ^ -(value & 1);
        }
    }
}
