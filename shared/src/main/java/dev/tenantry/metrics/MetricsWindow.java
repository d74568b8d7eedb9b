package dev.tenantry.metrics;

import dev.tenantry.usage.Counters;
import java.time.Instant;

/// What was counted in a stretch of time.
///
/// @param start             the first instant that belongs to it
/// @param end               the first instant that does not
/// @param chargersOnlineMax most chargers online at one time, those online since before it included
/// @param isFinal           no sample can still change it
public record MetricsWindow(Instant start, Instant end, Counters counters, long chargersOnlineMax, boolean isFinal) {}
