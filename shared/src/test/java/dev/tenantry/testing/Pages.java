package dev.tenantry.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.storage.Page;
import dev.tenantry.storage.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Reads lists as clients do, from page to page.
public final class Pages {

    /// The beginning of a list, as much of it as one page holds.
    public static final PageRequest LARGEST = new PageRequest(1000, Optional.empty());

    private Pages() {}

    /// All pages of a list, each of which holds no more than was asked for and leads on or is the last.
    public static <T> List<Page<T>> of(int limit, Function<PageRequest, Page<T>> list) {
        List<Page<T>> pages = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            Page<T> page = list.apply(new PageRequest(limit, after));
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            assertThat(page.next()).as("a page leads on").isNotEqualTo(after.or(() -> Optional.of("")));
            pages.add(page);
            after = page.next();
        } while (after.isPresent());
        return pages;
    }

    /// All items of a list.
    public static <T> List<T> items(int limit, Function<PageRequest, Page<T>> list) {
        return items(of(limit, list));
    }

    public static <T> List<T> items(List<Page<T>> pages) {
        return pages.stream().flatMap(page -> page.items().stream()).toList();
    }

    /// How many items each page holds.
    public static <T> List<Integer> sizes(List<Page<T>> pages) {
        return pages.stream().map(page -> page.items().size()).toList();
    }
}
