package dev.tenantry.usage;

import dev.tenantry.metrics.MetricsWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// What windows must show, told from the samples themselves by the plain definition: no quarter hours, no days, nothing
/// that composes.
final class Recount {

    private final List<Sample> samples;
    private final Instant now;

    Recount(Collection<Sample> samples, Instant now) {
        this.samples = new ArrayList<>(samples);
        this.samples.sort(Comparator.comparing(Sample::at));
        this.now = now;
    }

    /// Windows that adjoin, from the first one's start on.
    List<MetricsWindow> windows(List<MetricsWindow> shown) {
        List<MetricsWindow> windows = new ArrayList<>();
        int next = 0;
        long online = 0;
        for (MetricsWindow window : shown) {
            while (next < samples.size() && samples.get(next).at().isBefore(window.start())) {
                online += samples.get(next++).delta();
            }
            int first = next;
            long before = online;
            while (next < samples.size() && samples.get(next).at().isBefore(window.end())) {
                online += samples.get(next++).delta();
            }
            windows.add(window(window.start(), window.end(), samples.subList(first, next), before));
        }
        return windows;
    }

    MetricsWindow window(Instant start, Instant end) {
        long before = 0;
        List<Sample> within = new ArrayList<>();
        for (Sample sample : samples) {
            if (sample.at().isBefore(start)) {
                before += sample.delta();
            } else if (sample.at().isBefore(end)) {
                within.add(sample);
            }
        }
        return window(start, end, within, before);
    }

    private MetricsWindow window(Instant start, Instant end, List<Sample> within, long before) {
        long[] sums = new long[7];
        long most = Math.max(0, before);
        long online = before;
        boolean moved = false;
        for (int i = 0; i < within.size(); i++) {
            Sample sample = within.get(i);
            Counters c = sample.counters();
            sums[0] += c.messagesIn();
            sums[1] += c.messagesOut();
            sums[2] += c.bytesIn();
            sums[3] += c.bytesOut();
            sums[4] += c.connects();
            sums[5] += c.disconnects();
            sums[6] += c.errors();
            online += c.connects() - c.disconnects();
            moved |= c.connects() != c.disconnects();
            boolean lastOfItsInstant =
                    i + 1 == within.size() || !within.get(i + 1).at().equals(sample.at());
            if (lastOfItsInstant) {
                most = Math.max(most, online);
            }
        }
        if (start.isAfter(now) && !moved) {
            most = 0;
        }
        return new MetricsWindow(
                start,
                end,
                new Counters(sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], sums[6]),
                most,
                end.isBefore(now.minus(Duration.ofDays(35))));
    }
}
