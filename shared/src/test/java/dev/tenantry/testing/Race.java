package dev.tenantry.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/// Lets many threads loose on one thing at the same moment.
public final class Race {

    private Race() {}

    /// Runs one action for each number below `threads`, all at once.
    ///
    /// @return what they returned, or the exception they threw, by number
    public static List<Object> run(int threads, IntFunction<? extends Callable<?>> actions)
            throws InterruptedException {
        CyclicBarrier start = new CyclicBarrier(threads);
        List<Object> outcomes = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<Object>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                Callable<?> action = actions.apply(i);
                futures.add(executor.submit(() -> {
                    start.await();
                    return action.call();
                }));
            }
            for (Future<Object> future : futures) {
                try {
                    outcomes.add(future.get());
                } catch (ExecutionException e) {
                    outcomes.add(e.getCause());
                }
            }
        }
        return outcomes;
    }
}
