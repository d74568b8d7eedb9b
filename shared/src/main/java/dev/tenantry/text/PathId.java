package dev.tenantry.text;

import java.util.Optional;

/// How a path names a thing that has a number.
public final class PathId {

    /// Digits of the highest id, below 2^53 as all ids.
    private static final int MAX_DIGITS = 15;

    private PathId() {}

    /// The id that the path's word is; empty if nothing can have it. One thing has one name: no sign, no leading
    /// zero.
    public static Optional<Long> inPath(String named) {
        if (named.isEmpty() || named.length() > MAX_DIGITS || named.charAt(0) == '0') {
            return Optional.empty();
        }
        for (int i = 0; i < named.length(); i++) {
            if (named.charAt(i) < '0' || named.charAt(i) > '9') {
                return Optional.empty();
            }
        }
        return Optional.of(Long.valueOf(named));
    }
}
