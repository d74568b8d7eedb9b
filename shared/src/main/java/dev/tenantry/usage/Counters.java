package dev.tenantry.usage;

/// What is counted of a stretch of time: messages and bytes that went in and out, connections that came and went,
/// errors. None is negative.
public record Counters(
        long messagesIn, long messagesOut, long bytesIn, long bytesOut, long connects, long disconnects, long errors) {

    /// Nothing happened.
    public static final Counters ZERO = new Counters(0, 0, 0, 0, 0, 0, 0);

    /// Both together. A sum that no `long` holds stays at the greatest one, so that bad data can't stop anything.
    public Counters plus(Counters other) {
        return new Counters(
                sum(messagesIn, other.messagesIn),
                sum(messagesOut, other.messagesOut),
                sum(bytesIn, other.bytesIn),
                sum(bytesOut, other.bytesOut),
                sum(connects, other.connects),
                sum(disconnects, other.disconnects),
                sum(errors, other.errors));
    }

    /// Messages in both directions.
    public long messages() {
        return sum(messagesIn, messagesOut);
    }

    /// Bytes in both directions.
    public long bytes() {
        return sum(bytesIn, bytesOut);
    }

    boolean isZero() {
        return equals(ZERO);
    }

    /// The sum of two numbers, or the nearest `long` to it.
    public static long sum(long a, long b) {
        long sum = a + b;
        boolean overflow = ((a ^ sum) & (b ^ sum)) < 0;
        return overflow ? (a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
    }

    /// One byte says which are not zero; those follow.
    void write(VarInt.Writer out) {
        long[] values = {messagesIn, messagesOut, bytesIn, bytesOut, connects, disconnects, errors};
        int present = 0;
        for (int i = 0; i < values.length; i++) {
            present |= values[i] == 0 ? 0 : 1 << i;
        }
        out.unsigned(present);
        for (long value : values) {
            if (value != 0) {
                out.unsigned(value);
            }
        }
    }

    static Counters read(VarInt.Reader in) {
        long[] values = new long[7];
        int present = (int) in.unsigned();
        for (int i = 0; i < values.length; i++) {
            values[i] = (present & 1 << i) == 0 ? 0 : in.unsigned();
        }
        return new Counters(values[0], values[1], values[2], values[3], values[4], values[5], values[6]);
    }
}
