package dev.tenantry.storage;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/// Part of a list.
///
/// @param positions of the items: after each of them the list can be gone on with
/// @param next      position after which the list goes on; empty at its end
/// @param looked    how many there were to look through for the items
public record Page<T>(List<T> items, List<String> positions, Optional<String> next, int looked) {

    public Page {
        items = List.copyOf(items);
        positions = List.copyOf(positions);
        if (items.size() != positions.size()) {
            throw new IllegalArgumentException("each item has a position");
        }
    }

    /// A page of all that there was to look through.
    public Page(List<T> items, List<String> positions, Optional<String> next) {
        this(items, positions, next, items.size());
    }

    /// A page of these items.
    ///
    /// @param position of an item
    /// @param more     whether the list goes on after the last of them, of which there is one then
    public static <T> Page<T> of(List<T> items, Function<T, String> position, boolean more) {
        return new Page<>(
                items,
                items.stream().map(position).toList(),
                more ? Optional.of(position.apply(items.getLast())) : Optional.empty());
    }

    /// The beginning of this page, which the list goes on after.
    ///
    /// @param count how many items, at least 1
    public Page<T> first(int count) {
        return count == items.size()
                ? this
                : new Page<>(
                        items.subList(0, count), positions.subList(0, count), Optional.of(positions.get(count - 1)));
    }

    /// Every item of a list, whose pages are read one after the other, each when it is its turn.
    ///
    /// @param list reads a page of it
    public static <T> Iterable<T> all(Function<PageRequest, Page<T>> list) {
        return () -> new Iterator<>() {

            private Page<T> page = list.apply(new PageRequest(PageRequest.MOST, Optional.empty()));
            private int position;

            @Override
            public boolean hasNext() {
                while (position == page.items().size() && page.next().isPresent()) {
                    page = list.apply(new PageRequest(PageRequest.MOST, page.next()));
                    position = 0;
                }
                return position < page.items().size();
            }

            @Override
            public T next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return page.items().get(position++);
            }
        };
    }

    public <R> Page<R> map(Function<T, R> mapper) {
        return new Page<>(items.stream().map(mapper).toList(), positions, next, looked);
    }
}
