package dev.tenantry.local.fleet;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/// One thing that the whole fleet does: how often, with what outcome, and how long each took.
final class Phase {

    private final String name;
    private final long[] nanos;
    private final AtomicInteger done = new AtomicInteger();
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final long start = System.nanoTime();

    Phase(String name, int size) {
        this.name = name;
        this.nanos = new long[size];
    }

    String name() {
        return name;
    }

    int size() {
        return nanos.length;
    }

    int done() {
        return done.get();
    }

    void record(String outcome, long took) {
        nanos[done.getAndIncrement()] = took;
        synchronized (outcomes) {
            outcomes.merge(outcome, 1, Integer::sum);
        }
    }

    /// How often it had each outcome.
    Map<String, Integer> outcomes() {
        synchronized (outcomes) {
            return Map.copyOf(outcomes);
        }
    }

    /// Its line in the summary, once it is over.
    String summary() {
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        long[] sorted = Arrays.copyOf(nanos, done());
        Arrays.sort(sorted);
        String counted;
        synchronized (outcomes) {
            counted = outcomes.toString();
        }
        return String.format(
                Locale.ROOT,
                "%-11s %7d in %6.1f s %8.0f/s   p50 %7.1f ms   p95 %7.1f ms   p99 %7.1f ms   %s",
                name,
                sorted.length,
                took.toNanos() / 1e9,
                sorted.length / (took.toNanos() / 1e9),
                percentile(sorted, 50),
                percentile(sorted, 95),
                percentile(sorted, 99),
                counted.substring(1, counted.length() - 1).replace('=', ' '));
    }

    private static double percentile(long[] sorted, int percent) {
        // The smallest value that this many per cent of all values do not exceed.
        int rank = (int) Math.ceil(percent / 100.0 * sorted.length);
        return sorted.length == 0 ? 0 : sorted[Math.max(0, rank - 1)] / 1e6;
    }
}
