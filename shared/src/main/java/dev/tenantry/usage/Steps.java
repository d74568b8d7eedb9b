package dev.tenantry.usage;

/// How the number of chargers online changes over a stretch of time, in the two numbers that compose: what changed from
/// beginning to end, and how far it went up at most (docs/adr/0018).
///
/// @param sum  connects minus disconnects of the whole stretch
/// @param peak the greatest sum of its first moments; at least 0, which is where it begins
public record Steps(long sum, long peak) {

    /// Nobody came or went.
    public static final Steps NONE = new Steps(0, 0);

    public Steps {
        if (peak < 0 || peak < sum) {
            throw new IllegalArgumentException("a peak is at least where it begins and where it ends");
        }
    }

    /// All at once.
    static Steps at(long delta) {
        return new Steps(delta, Math.max(0, delta));
    }

    /// This stretch and the one that follows.
    public Steps then(Steps next) {
        return new Steps(Counters.sum(sum, next.sum), Math.max(peak, Counters.sum(sum, next.peak)));
    }

    void write(Packed.Writer out) {
        out.signed(sum);
        out.unsigned(peak);
    }

    static Steps read(Packed.Reader in) {
        return new Steps(in.signed(), in.unsigned());
    }
}
