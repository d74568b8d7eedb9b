package dev.tenantry.tests.service;

import dev.tenantry.testing.Race;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;

/// Sixteen callers at the same moment.
final class Rivals {

    static final int COUNT = 16;

    private Rivals() {}

    /// @return what each of them got, by number
    static <T> List<T> race(IntFunction<? extends Callable<T>> actions, Class<T> type) throws InterruptedException {
        List<T> outcomes = new ArrayList<>();
        for (Object outcome : Race.run(COUNT, actions)) {
            if (outcome instanceof Throwable failure) {
                throw new AssertionError(failure);
            }
            outcomes.add(type.cast(outcome));
        }
        return outcomes;
    }

    /// The answer that each of them got, by number.
    static List<Answer> answers(IntFunction<Answer> actions) throws InterruptedException {
        return race(i -> () -> actions.apply(i), Answer.class);
    }

    static long count(List<Answer> answers, int status) {
        return answers.stream().filter(answer -> answer.status() == status).count();
    }
}
