package dev.tenantry.usage;

/// How the number of chargers online changes over a stretch of time, in the two numbers that compose: what changed from
/// beginning to end, and how far it went up at most (docs/adr/0018).
///
/// @param sum  connects minus disconnects of the whole stretch
/// @param peak the greatest sum of its first events; at least 0, which is where it begins
public record OnlineDelta(long sum, long peak) {

    /// Nobody came or went.
    public static final OnlineDelta NONE = new OnlineDelta(0, 0);

    public OnlineDelta {
        if (peak < 0 || peak < sum) {
            throw new IllegalArgumentException("a peak is at least where it begins and where it ends");
        }
    }

    /// All at once.
    static OnlineDelta at(long delta) {
        return new OnlineDelta(delta, Math.max(0, delta));
    }

    /// This stretch and the one that follows.
    public OnlineDelta then(OnlineDelta next) {
        return new OnlineDelta(Counters.sum(sum, next.sum), Math.max(peak, Counters.sum(sum, next.peak)));
    }

    void write(VarInt.Writer out) {
        out.signed(sum);
        out.unsigned(peak);
    }

    static OnlineDelta read(VarInt.Reader in) {
        return new OnlineDelta(in.signed(), in.unsigned());
    }
}
