package dev.tenantry.local.aws.template;

import java.time.Duration;

/// An event source of type `SQS`: Lambda polls a queue and invokes a function with what it finds.
///
/// @param functionId      logical id of the function
/// @param queue           logical id of the queue
/// @param batchSize       most messages of one invocation
/// @param batchingWindow  how long messages are gathered before
/// @param partialFailures the function answers which messages failed; otherwise all of a batch did, or none
public record QueueSource(
        String functionId, String queue, int batchSize, Duration batchingWindow, boolean partialFailures) {}
