package dev.tenantry.local.aws.template;

import java.time.Duration;

/// An event source of type `ScheduleV2` with a rate.
///
/// @param functionId logical id of the function
/// @param rate       from one invocation to the next
/// @param input      the event that the function is invoked with
public record ScheduleDefinition(String functionId, Duration rate, String input) {}
