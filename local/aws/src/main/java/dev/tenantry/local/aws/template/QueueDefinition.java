package dev.tenantry.local.aws.template;

import java.time.Duration;
import java.util.Optional;

/// An `AWS::SQS::Queue`.
///
/// @param logicalId         its name in the template, and on this machine
/// @param visibilityTimeout how long a message that was received stays hidden
/// @param retention         how long a message stays that nobody deletes
/// @param redrive           where messages go that were received too often
public record QueueDefinition(
        String logicalId, Duration visibilityTimeout, Duration retention, Optional<Redrive> redrive) {

    /// @param queue           logical id of the dead-letter queue
    /// @param maxReceiveCount how often a message is received before it goes there
    public record Redrive(String queue, int maxReceiveCount) {}
}
