package dev.tenantry.stats;

import dev.tenantry.chargers.ChargerCounts;
import dev.tenantry.subscriptions.Subscription;
import dev.tenantry.subscriptions.SubscriptionStatus;
import dev.tenantry.users.Headcount;
import java.time.Instant;
import java.util.Optional;

/// A tenant in numbers.
///
/// @param recentRejections how many chargers were turned away lately, counted as the list of them does
/// @param periodStart  first instant of the calendar month in UTC
/// @param periodEnd    first instant of the next
/// @param messages     of the period, in both directions
/// @param bytes        of the period, in both directions
/// @param subscription empty if there never was one
/// @param updatedAt    as of when usage is counted
public record Stats(
        Headcount users,
        long pendingInvites,
        long profiles,
        ChargerCounts chargers,
        long recentRejections,
        Instant periodStart,
        Instant periodEnd,
        long messages,
        long bytes,
        Optional<Subscription> subscription,
        Instant updatedAt) {

    /// How many chargers are paid for; empty without an active subscription.
    public Optional<Long> maxChargers() {
        return subscription
                .filter(it -> it.status() == SubscriptionStatus.ACTIVE)
                .map(Subscription::quantity);
    }
}
