package dev.tenantry.billing;

/// What came of a look at what a tenant's customer has subscribed to.
///
/// @param several more than one of its subscriptions entitles, of which one is shown
record Mirrored(Outcome outcome, boolean several) {}
