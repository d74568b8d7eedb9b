package dev.tenantry.usage;

/// The batch that some of a tenant's chargers share which come or go within five minutes.
///
/// @param mark  names its latest event
/// @param bytes of the events in it
/// @param delta what they come to
public record SharedBatch(long mark, int bytes, UsageDelta delta) {}
