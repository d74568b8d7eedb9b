package dev.tenantry.local.aws.lambda;

import dev.tenantry.local.aws.template.ScheduleDefinition;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// What EventBridge Scheduler does: invokes functions by the clock.
public final class Schedule implements AutoCloseable {

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("schedule").daemon().factory());

    private Schedule() {}

    /// Invokes each function for the first time after one interval of its rate.
    public static Schedule start(List<ScheduleDefinition> schedules, DeployedFunctions functions) {
        Schedule schedule = new Schedule();
        for (ScheduleDefinition definition : schedules) {
            DeployedFunction function = functions.find(definition.functionId()).orElseThrow();
            long millis = definition.rate().toMillis();
            // A function's failure is in its log and ends nothing here. Nobody waits for a run, as in AWS.
            schedule.clock.scheduleAtFixedRate(
                    () -> Thread.startVirtualThread(() -> function.invoke(definition.input())),
                    millis,
                    millis,
                    TimeUnit.MILLISECONDS);
        }
        return schedule;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
