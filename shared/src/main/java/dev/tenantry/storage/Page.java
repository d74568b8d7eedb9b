package dev.tenantry.storage;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/// Part of a list.
///
/// @param next position after which the list goes on; empty at its end
public record Page<T>(List<T> items, Optional<String> next) {

    public Page {
        items = List.copyOf(items);
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
        return new Page<>(items.stream().map(mapper).toList(), next);
    }
}
