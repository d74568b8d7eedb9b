package dev.tenantry.http;

import java.util.List;

/// What a body says of one thing or of several.
///
/// @param items    at least one
/// @param areArray whether the body is an array, which may have a single item: its answer is one as well
public record Items<T>(List<T> items, boolean areArray) {

    public Items {
        items = List.copyOf(items);
    }
}
