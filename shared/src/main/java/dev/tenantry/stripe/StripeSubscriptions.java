package dev.tenantry.stripe;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.StripeCollection;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import com.stripe.param.SubscriptionItemListParams;
import com.stripe.param.SubscriptionListParams;
import dev.tenantry.billing.BilledSubscription;
import dev.tenantry.billing.CustomerId;
import dev.tenantry.subscriptions.StripeState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads what a customer has subscribed to, in each form that Stripe's API has had since it is spoken here.
final class StripeSubscriptions {

    private StripeSubscriptions() {}

    /// All that a customer has or had, in Stripe's order, which is the newest first.
    static List<BilledSubscription> of(StripeClient stripe, CustomerId customer) throws StripeException {
        List<BilledSubscription> all = new ArrayList<>();
        List<StripeCollection<Subscription>> pages = StripeCalls.pages("subscriptions of a customer", after -> {
            SubscriptionListParams.Builder wanted = SubscriptionListParams.builder()
                    .setCustomer(customer.value())
                    .setStatus(SubscriptionListParams.Status.ALL)
                    .setLimit(StripeCalls.PAGE_SIZE);
            after.ifPresent(wanted::setStartingAfter);
            return stripe.v1().subscriptions().list(wanted.build());
        });
        for (StripeCollection<Subscription> page : pages) {
            JsonArray raw = page.getRawJsonObject().getAsJsonArray("data");
            for (int i = 0; i < page.getData().size(); i++) {
                Subscription subscription = page.getData().get(i);
                all.add(billed(
                        subscription, items(stripe, subscription), raw.get(i).getAsJsonObject()));
            }
        }
        return all;
    }

    /// A subscription comes with the first page of its items.
    private static List<SubscriptionItem> items(StripeClient stripe, Subscription subscription) throws StripeException {
        if (!Boolean.TRUE.equals(subscription.getItems().getHasMore())) {
            return subscription.getItems().getData();
        }
        List<SubscriptionItem> all = new ArrayList<>();
        StripeCalls.pages("items of a subscription", after -> {
                    SubscriptionItemListParams.Builder wanted = SubscriptionItemListParams.builder()
                            .setSubscription(subscription.getId())
                            .setLimit(StripeCalls.PAGE_SIZE);
                    after.ifPresent(wanted::setStartingAfter);
                    return stripe.v1().subscriptionItems().list(wanted.build());
                })
                .forEach(page -> all.addAll(page.getData()));
        return all;
    }

    private static BilledSubscription billed(Subscription subscription, List<SubscriptionItem> items, JsonObject raw) {
        List<Instant> ends = ends(items, raw);
        Optional<Instant> cancelAt = instant(subscription.getCancelAt());
        // Who cancels in the portal gets the latest item's end, where Stripe's billing mode is flexible.
        boolean endsWithWhatIsPaidFor = cancelAt.isPresent()
                && ends.stream()
                        .max(Comparator.naturalOrder())
                        .filter(latest -> !cancelAt.get().isAfter(latest))
                        .isPresent();
        return new BilledSubscription(
                subscription.getId(),
                new StripeState(
                        subscription.getStatus(),
                        Boolean.TRUE.equals(subscription.getCancelAtPeriodEnd()) || endsWithWhatIsPaidFor,
                        ends.stream().min(Comparator.naturalOrder()),
                        cancelAt,
                        instant(subscription.getTrialEnd()),
                        subscription.getPauseCollection() != null),
                Instant.ofEpochSecond(subscription.getCreated()),
                items.stream()
                        .map(item -> new BilledSubscription.Item(
                                item.getPrice().getProduct(),
                                Optional.ofNullable(item.getQuantity()).orElse(0L)))
                        .toList());
    }

    /// Until when the items are paid for.
    private static List<Instant> ends(List<SubscriptionItem> items, JsonObject raw) {
        List<Instant> ends = new ArrayList<>();
        for (SubscriptionItem item : items) {
            instant(item.getCurrentPeriodEnd()).ifPresent(ends::add);
        }
        if (ends.isEmpty()) {
            // Until API version 2025-03-31 the period was the subscription's, which the SDK no longer knows of.
            JsonElement end = raw.get("current_period_end");
            if (end != null && !end.isJsonNull()) {
                ends.add(Instant.ofEpochSecond(end.getAsLong()));
            }
        }
        return ends;
    }

    private static Optional<Instant> instant(@Nullable Long seconds) {
        return seconds == null ? Optional.empty() : Optional.of(Instant.ofEpochSecond(seconds));
    }
}
