package dev.tenantry.billing;

import dev.tenantry.storage.Change;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Lookup;
import dev.tenantry.storage.Put;
import dev.tenantry.storage.Row;
import dev.tenantry.storage.Update;
import dev.tenantry.tenancy.TenantId;
import dev.tenantry.tenancy.TenantScope;
import java.util.Optional;
import javax.inject.Inject;

/// The rows of subscriptions: one for each tenant that ever had one.
public final class SubscriptionStore {

    private static final String TENANT_ID = "tenantId";
    private static final String PRODUCT_ID = "productId";
    private static final String PRODUCT_NAME = "productName";
    private static final String STATUS = "status";
    private static final String QUANTITY = "quantity";
    private static final String STRIPE_SUBSCRIPTION_ID = "stripeSubscriptionId";
    /// Only there while it is so.
    private static final String CANCEL_AT_PERIOD_END = "cancelAtPeriodEnd";

    private static final String CURRENT_PERIOD_END = "currentPeriodEnd";
    private static final String CREATED_AT = "createdAt";
    private static final String UPDATED_AT = "updatedAt";
    private static final String VERSION = "version";
    private static final String REVISION = "revision";

    private static final Lookup<Subscription> SUBSCRIPTION =
            Lookup.of(Keys::subscription, SubscriptionStore::read);

    @Inject
    SubscriptionStore() {}

    /// The subscription to read along at the door.
    public static Lookup<Subscription> subscription() {
        return SUBSCRIPTION;
    }

    /// Adds to a change that the tenant has this subscription from now on, if none was seen.
    void add(Change change, TenantScope scope, Subscription subscription) {
        Row.Builder row = Row.with()
                .number(TENANT_ID, subscription.tenantId().value())
                .number(PRODUCT_ID, subscription.productId())
                .text(PRODUCT_NAME, subscription.productName())
                .text(STATUS, subscription.status().text())
                .number(QUANTITY, subscription.quantity())
                .text(STRIPE_SUBSCRIPTION_ID, subscription.stripeSubscriptionId())
                .instant(CURRENT_PERIOD_END, subscription.currentPeriodEnd())
                .instant(CREATED_AT, subscription.createdAt())
                .instant(UPDATED_AT, subscription.updatedAt())
                .number(VERSION, subscription.version())
                .number(REVISION, subscription.revision());
        if (subscription.cancelAtPeriodEnd()) {
            row.number(CANCEL_AT_PERIOD_END, 1);
        }
        change.with(Put.newRow(Keys.subscription(scope), row.row()));
    }

    /// Adds to a change that the subscription becomes what `to` says, if nobody asked Stripe since `from` was read: whoever
    /// did may know better.
    void update(Change change, TenantScope scope, Subscription from, Subscription to) {
        Update update = Update.of(Keys.subscription(scope))
                .is(REVISION, from.revision())
                .set(PRODUCT_ID, to.productId())
                .set(PRODUCT_NAME, to.productName())
                .set(STATUS, to.status().text())
                .set(QUANTITY, to.quantity())
                .set(STRIPE_SUBSCRIPTION_ID, to.stripeSubscriptionId())
                .set(CREATED_AT, to.createdAt())
                .set(UPDATED_AT, to.updatedAt())
                .set(VERSION, to.version())
                .set(REVISION, to.revision());
        to.currentPeriodEnd()
                .ifPresentOrElse(end -> update.set(CURRENT_PERIOD_END, end), () -> update.remove(CURRENT_PERIOD_END));
        change.with(to.cancelAtPeriodEnd() ? update.set(CANCEL_AT_PERIOD_END, 1) : update.remove(CANCEL_AT_PERIOD_END));
    }

    /// The tenant's subscription, if it was read along and there is one.
    Optional<Subscription> find(TenantScope scope) {
        return scope.found(SUBSCRIPTION);
    }

    private static Subscription read(Row row) {
        return new Subscription(
                new TenantId((int) row.number(TENANT_ID)),
                (int) row.number(PRODUCT_ID),
                row.text(PRODUCT_NAME),
                SubscriptionStatus.of(row.text(STATUS)),
                row.number(QUANTITY),
                row.text(STRIPE_SUBSCRIPTION_ID),
                row.has(CANCEL_AT_PERIOD_END),
                row.optionalInstant(CURRENT_PERIOD_END),
                row.instant(CREATED_AT),
                row.instant(UPDATED_AT),
                row.number(VERSION),
                row.number(REVISION));
    }
}
