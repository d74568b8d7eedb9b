package dev.tenantry.local.aws.template;

import java.util.Optional;

/// An event source of type `SNS`: a topic invokes a function, asynchronously, with each of its messages.
///
/// @param functionId logical id of the function
/// @param topic      logical id of the topic
/// @param retries    how often an invocation that failed is tried again
/// @param failures   logical id of the queue that is told of what is given up
public record TopicSource(String functionId, String topic, int retries, Optional<String> failures) {}
