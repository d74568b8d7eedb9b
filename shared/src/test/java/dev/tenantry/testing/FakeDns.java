package dev.tenantry.testing;

import dagger.Binds;
import dagger.Module;
import dev.tenantry.dns.TxtAnswer;
import dev.tenantry.dns.TxtRecords;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.inject.Inject;
import javax.inject.Singleton;

/// Knows what a test published, or answers what it was told.
@Singleton
public final class FakeDns implements TxtRecords {

    private final Map<String, TxtAnswer> answers = new ConcurrentHashMap<>();
    private final List<Instant> deadlines = new CopyOnWriteArrayList<>();
    private volatile Runnable afterLook = () -> {};

    @Inject
    FakeDns() {}

    /// Has a core look here.
    @Module
    public interface Binding {

        @Binds
        TxtRecords txtRecords(FakeDns dns);
    }

    /// These values instead of any that were there.
    public void publish(String name, String... values) {
        answer(name, new TxtAnswer.Values(List.of(values)));
    }

    public void answer(String name, TxtAnswer answer) {
        answers.put(name, answer);
    }

    /// What happens between a look and whatever is made of it.
    public void afterLook(Runnable action) {
        afterLook = action;
    }

    /// How long each look might have taken.
    public List<Instant> deadlines() {
        return deadlines;
    }

    @Override
    public TxtAnswer at(String name, Instant deadline) {
        deadlines.add(deadline);
        TxtAnswer answer = answers.getOrDefault(name, new TxtAnswer.NoSuchName());
        afterLook.run();
        return answer;
    }
}
