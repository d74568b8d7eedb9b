package dev.tenantry.bus;

import java.time.Instant;

/// An event as the bus takes it.
///
/// @param type   what rules tell events apart by, such as `charger.updated`
/// @param at     when it happened
/// @param detail a JSON object
record BusEvent(String type, Instant at, String detail) {}
