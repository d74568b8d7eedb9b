package dev.tenantry.usage;

import dev.tenantry.tenancy.DomainPrefix;

/// Usage of a tenant that waits to be folded: what the samples come to that were marked as seen when it was put.
public final class Parcel {

    private static final int TIME_DIGITS = 13;

    private final int lane;
    private final String position;
    private final DomainPrefix tenant;
    private final byte[] packed;

    private Parcel(int lane, String position, DomainPrefix tenant, byte[] packed) {
        this.lane = lane;
        this.position = position;
        this.tenant = tenant;
        this.packed = packed;
    }

    /// A parcel to put.
    ///
    /// @param nowMillis when it is put, in milliseconds since the epoch
    /// @param chance    tells parcels of one millisecond apart
    static Parcel of(int lane, long nowMillis, long chance, DomainPrefix tenant, Tally tally) {
        String time = Long.toString(nowMillis);
        return new Parcel(
                lane,
                "0".repeat(TIME_DIGITS - time.length()) + time + "-" + Long.toUnsignedString(chance, 36),
                tenant,
                tally.packed());
    }

    /// A parcel that the table holds. It is opened by whoever folds it, so that a broken one is in nobody else's way.
    static Parcel stored(int lane, String position, DomainPrefix tenant, byte[] packed) {
        return new Parcel(lane, position, tenant, packed);
    }

    /// Where it lies.
    int lane() {
        return lane;
    }

    /// Its place in the lane; parcels lie there by age.
    String position() {
        return position;
    }

    /// When it was put, in milliseconds since the epoch.
    long putAtMillis() {
        return Long.parseLong(position.substring(0, TIME_DIGITS));
    }

    DomainPrefix tenant() {
        return tenant;
    }

    byte[] packed() {
        return packed.clone();
    }

    Tally tally() {
        return Tally.unpacked(packed);
    }
}
