package dev.tenantry.storage;

import dev.tenantry.refusal.Refusal.InvalidRequest;
import java.util.Optional;

/// Which part of a list is wanted.
///
/// @param limit how many items at most, 1..[#MOST]
/// @param after position of the last item already seen; empty at the list's start
public record PageRequest(int limit, Optional<String> after) {

    /// Most items of a page.
    public static final int MOST = 1000;

    /// The id that a position is.
    ///
    /// @throws InvalidRequest if it is none
    public static long id(String position) {
        if (position.isEmpty() || position.length() > 16 || !position.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw badCursor();
        }
        return Long.parseLong(position);
    }

    /// What to say of a cursor that this list never gave out.
    public static InvalidRequest badCursor() {
        return new InvalidRequest("?cursor", "is not a cursor of this list; take it unchanged from the Link header");
    }
}
