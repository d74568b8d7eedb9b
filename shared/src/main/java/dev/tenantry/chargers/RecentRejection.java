package dev.tenantry.chargers;

import dev.tenantry.addresses.IpBlock;
import dev.tenantry.identity.ChargePointIdentity;
import dev.tenantry.refusal.InvalidValue;
import java.time.Instant;

/// A charger that was turned away lately, for one reason and from one address.
///
/// @param identity as it was written the last time
/// @param sourceIp as an allowlist would have it
/// @param count    how often at least: what an instance noted and did not come to write down is not in it
/// @param firstAt  by this service's clock, as `lastAt`
public record RecentRejection(
        ChargePointIdentity identity, Reason reason, String sourceIp, long count, Instant firstAt, Instant lastAt) {

    /// No address that somebody takes for one is longer (RFC 4291 §2.2, an IPv4 address in an IPv6 one).
    private static final int LONGEST_ADDRESS = 45;

    /// What is counted together. Case does not make another charger.
    record Name(ChargePointIdentity identity, Reason reason, String sourceIp) {}

    /// The first of its name.
    static RecentRejection of(ChargePointIdentity identity, Reason reason, String sourceIp, Instant now) {
        return new RecentRejection(identity, reason, canonical(sourceIp), 1, now, now);
    }

    Name name() {
        return new Name(identity, reason, sourceIp);
    }

    /// Its place in a list that has the newest first. No time of this service has more than 16 digits of
    /// milliseconds.
    String position() {
        String back = Long.toString(9_999_999_999_999_999L - lastAt.toEpochMilli());
        return "0".repeat(16 - back.length()) + back + " " + identity.folded() + " " + reason.text() + " " + sourceIp;
    }

    /// Both together.
    ///
    /// @param other of the same name
    RecentRejection plus(RecentRejection other) {
        RecentRejection later = other.lastAt.isBefore(lastAt) ? this : other;
        return new RecentRejection(
                later.identity,
                reason,
                sourceIp,
                count + other.count,
                other.firstAt.isBefore(firstAt) ? other.firstAt : firstAt,
                later.lastAt);
    }

    private static String canonical(String ip) {
        try {
            return IpBlock.parse(ip).value();
        } catch (InvalidValue e) {
            // An address to the JDK, and not to an allowlist: with leading zeros.
            return ip.length() > LONGEST_ADDRESS ? ip.substring(0, LONGEST_ADDRESS) : ip;
        }
    }
}
