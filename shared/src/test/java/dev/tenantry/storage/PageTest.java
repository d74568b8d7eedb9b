package dev.tenantry.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PageTest {

    private final List<PageRequest> asked = new ArrayList<>();

    @Test
    void goesThroughAllPagesOfAList() {
        assertThat(Page.all(page -> page(page, List.of("a", "b"), List.of("c"))))
                .containsExactly("a", "b", "c");
        assertThat(asked)
                .containsExactly(
                        new PageRequest(PageRequest.MOST, Optional.empty()),
                        new PageRequest(PageRequest.MOST, Optional.of("1")));
    }

    @Test
    void goesOnAfterAPageWithoutItems() {
        assertThat(Page.all(page -> page(page, List.of(), List.of(), List.of("a"), List.of())))
                .containsExactly("a");
        assertThat(Page.all(page -> page(page, List.of()))).isEmpty();
    }

    @Test
    void readsAPageWhenItIsItsTurn() {
        Iterator<String> all =
                Page.all(page -> page(page, List.of("a"), List.of("b"))).iterator();
        assertThat(all.next()).isEqualTo("a");
        assertThat(asked).hasSize(1);
        assertThat(all.next()).isEqualTo("b");
        assertThat(asked).hasSize(2);
        assertThat(all.hasNext()).isFalse();
        assertThatThrownBy(all::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void goesOnAfterWhatItBeginsWith() {
        Page<Integer> page = Page.of(List.of(10, 20, 30), item -> "after " + item, true);
        assertThat(page.next()).contains("after 30");
        assertThat(page.first(2)).isEqualTo(Page.of(List.of(10, 20), item -> "after " + item, true));
        assertThat(page.first(3)).isEqualTo(page);
        assertThat(Page.of(List.of(), item -> "never", false).next()).isEmpty();
        // What was read as something else has the positions that it was read at.
        assertThat(page.map(item -> item / 10).first(1).next()).contains("after 10");
    }

    /// A position is the number of the page that follows it.
    @SafeVarargs
    private final Page<String> page(PageRequest request, List<String>... pages) {
        asked.add(request);
        int page = request.after().map(Integer::valueOf).orElse(0);
        return new Page<>(
                pages[page],
                pages[page],
                page + 1 < pages.length ? Optional.of(Integer.toString(page + 1)) : Optional.empty());
    }
}
