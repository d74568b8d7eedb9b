package dev.tenantry.chargers;

import dev.tenantry.identity.ChargePointIdentity;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The wrong passwords that lately came from one origin for the chargers of one tenant, and who is locked out for them
/// (docs/adr/0027). After [#MOST_FOR_ONE] for one identity or [#MOST_FOR_ALL] altogether within a minute, nothing that
/// comes from there is held against a password for a minute. What is not held against one is not counted, so a lock
/// ends whatever its guesser does.
///
/// @param attempts the oldest first
/// @param version  0 if there is no row of it
record WrongPasswords(List<Attempt> attempts, long version) {

    static final WrongPasswords NONE = new WrongPasswords(List.of(), 0);

    static final int MOST_FOR_ONE = 5;
    static final int MOST_FOR_ALL = 50;

    /// Within which they count together, and for which they lock out.
    static final Duration MINUTE = Duration.ofMinutes(1);

    /// How long an attempt can matter: it is the first of those that lock out at the end of its minute.
    static final Duration MEMORY = MINUTE.multipliedBy(2);

    /// No more come within twice a minute: in each of them, the last is the one that locks out.
    static final int MOST_KEPT = 2 * MOST_FOR_ALL;

    /// Of an attempt in a row: its identity, and by how many milliseconds it was before the latest.
    private static final int PACKED_BYTES = 7;

    private static final int BITS_OF_BYTE = 8;
    private static final int MOST_MILLIS = (1 << 3 * BITS_OF_BYTE) - 1;

    WrongPasswords {
        attempts = List.copyOf(attempts);
    }

    /// One of them.
    ///
    /// @param identity a hash of it. Two identities of one hash lock each other out, where they come from the same
    ///                 origin: whoever wants that can as well send the other's name
    record Attempt(int identity, Instant at) {}

    /// Whether nothing that comes for this identity is held against a password.
    boolean lockOut(ChargePointIdentity identity, Instant now) {
        return lockOutAll(now) || lockOut(MOST_FOR_ONE, of(hash(identity)), now);
    }

    /// Whether nothing is that comes for any identity.
    boolean lockOutAll(Instant now) {
        return lockOut(MOST_FOR_ALL, attempts, now);
    }

    private List<Attempt> of(int identity) {
        return attempts.stream()
                .filter(attempt -> attempt.identity() == identity)
                .toList();
    }

    private static boolean lockOut(int most, List<Attempt> attempts, Instant now) {
        for (int last = attempts.size() - 1; last >= most - 1; last--) {
            Instant begin = attempts.get(last).at();
            if (!begin.plus(MINUTE).isAfter(now)) {
                return false;
            }
            if (begin.isBefore(attempts.get(last - most + 1).at().plus(MINUTE))) {
                return true;
            }
        }
        return false;
    }

    /// With one more.
    WrongPasswords and(ChargePointIdentity identity, Instant now) {
        List<Attempt> later = new ArrayList<>();
        for (Attempt attempt : attempts) {
            if (attempt.at().plus(MEMORY).isAfter(now)) {
                later.add(attempt);
            }
        }
        later.add(new Attempt(hash(identity), now.truncatedTo(ChronoUnit.MILLIS)));
        later.sort(Comparator.comparing(Attempt::at));
        return new WrongPasswords(later.subList(Math.max(0, later.size() - MOST_KEPT), later.size()), version + 1);
    }

    private static int hash(ChargePointIdentity identity) {
        return identity.folded().hashCode();
    }

    /// When the latest was.
    Instant latest() {
        return attempts.getLast().at();
    }

    /// For the table, beside [#latest]: all of them in 700 bytes, so that a row is less than a kilobyte.
    byte[] packed() {
        ByteBuffer bytes = ByteBuffer.allocate(PACKED_BYTES * attempts.size());
        for (Attempt attempt : attempts) {
            long before = Duration.between(attempt.at(), latest()).toMillis();
            bytes.putInt(attempt.identity());
            int millis = (int) Math.min(before, MOST_MILLIS);
            bytes.put((byte) (millis >> 2 * BITS_OF_BYTE)).putShort((short) millis);
        }
        return bytes.array();
    }

    static WrongPasswords unpacked(byte[] packed, Instant latest, long version) {
        ByteBuffer bytes = ByteBuffer.wrap(packed);
        List<Attempt> attempts = new ArrayList<>();
        while (bytes.hasRemaining()) {
            int identity = bytes.getInt();
            int millis = Byte.toUnsignedInt(bytes.get()) << 2 * BITS_OF_BYTE | Short.toUnsignedInt(bytes.getShort());
            attempts.add(new Attempt(identity, latest.minusMillis(millis)));
        }
        return new WrongPasswords(attempts, version);
    }
}
