package dev.tenantry.storage;

import dev.tenantry.refusal.Refusal.Unavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/// Work that waits for the table, done side by side: a round trip's time is mostly its way.
public final class SideBySide {

    /// Done at once: the HTTP client keeps that many connections.
    public static final int WIDTH = 5;

    private SideBySide() {}

    /// Like [#map], of what comes to nothing.
    public static <T> void each(List<T> items, Consumer<T> work) {
        var _ = map(items, item -> {
            work.accept(item);
            return true;
        });
    }

    /// Does something with each of them, which have nothing to do with each other, [#WIDTH] at once. It has this
    /// thread's deadline, and is counted as this thread's.
    ///
    /// @return what it comes to, in their order
    /// @throws RuntimeException what the first of them came to that failed; the others are done nevertheless
    public static <T, R> List<R> map(List<T> items, Function<T, R> work) {
        if (items.size() == 1) {
            return List.of(work.apply(items.getFirst()));
        }
        try (ExecutorService threads =
                Executors.newFixedThreadPool(WIDTH, Thread.ofVirtual().factory())) {
            List<Future<R>> begun = new ArrayList<>(items.size());
            for (T item : items) {
                begun.add(threads.submit(Consumption.sharedWith(Deadline.sharedWith(() -> work.apply(item)))::get));
            }
            List<R> done = new ArrayList<>(items.size());
            for (Future<R> piece : begun) {
                done.add(piece.get());
            }
            return done;
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case Error error -> throw error;
                case RuntimeException unexpected -> throw unexpected;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted");
        }
    }
}
