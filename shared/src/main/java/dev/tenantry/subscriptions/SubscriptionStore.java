package dev.tenantry.subscriptions;

import dev.tenantry.identity.TenantId;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Check;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Lookup;
import dev.tenantry.storage.Row;
import dev.tenantry.storage.Update;
import dev.tenantry.tenancy.TenantScope;
import java.time.Instant;
import java.util.Optional;
import javax.inject.Inject;

/// The rows of subscriptions: one for each tenant for whom Stripe was ever asked, whether it had a subscription or not.
public final class SubscriptionStore {

    private static final String TENANT_ID = "tenantId";
    private static final String PRODUCT_ID = "productId";
    private static final String PRODUCT_NAME = "productName";
    private static final String STRIPE_PRODUCT_ID = "stripeProductId";
    private static final String STATUS = "status";
    private static final String QUANTITY = "quantity";
    private static final String STRIPE_SUBSCRIPTION_ID = "stripeSubscriptionId";
    /// Only there while it is so.
    private static final String CANCEL_AT_PERIOD_END = "cancelAtPeriodEnd";

    private static final String STRIPE_STATUS = "stripeStatus";
    private static final String CURRENT_PERIOD_END = "currentPeriodEnd";
    private static final String CANCEL_AT = "cancelAt";
    private static final String TRIAL_END = "trialEnd";
    /// Only there while it is so.
    private static final String COLLECTION_PAUSED = "collectionPaused";

    /// 1 or 0; absent in a row from before it was kept.
    private static final String GOES_ON = "goesOn";

    private static final String CREATED_AT = "createdAt";
    private static final String UPDATED_AT = "updatedAt";
    private static final String VERSION = "version";
    private static final String REVISION = "revision";

    private static final Lookup<Subscription> SUBSCRIPTION = Lookup.maybe(Keys::subscription, SubscriptionStore::read);

    private static final Lookup<Boolean> ANY_GOES_ON = Lookup.maybe(Keys::subscription, SubscriptionStore::readGoesOn);

    private static final Lookup<Long> LOOKS = Lookup.of(Keys::subscription, row -> row.number(REVISION));

    @Inject
    SubscriptionStore() {}

    /// The subscription to read along at the door.
    public static Lookup<Subscription> subscription() {
        return SUBSCRIPTION;
    }

    /// Adds to a change what a look at Stripe has seen, a look that came after the row was read. Whoever looked
    /// since then may know better: if they have written it, the change meets a conflict. That is so also where
    /// nothing was seen, and so even where there is no subscription the row says how often Stripe was asked.
    ///
    /// @param seen   empty to leave on record what is there
    /// @param goesOn whether any subscription of the tenant's goes on, the one that is shown or another
    public void looked(Change change, TenantScope scope, Optional<Subscription> seen, boolean goesOn) {
        Optional<Long> revision = scope.found(LOOKS);
        Update update = Update.of(Keys.subscription(scope)).set(REVISION, revision.orElse(0L) + 1);
        revision.ifPresentOrElse(known -> update.is(REVISION, known), () -> update.isAbsent(REVISION));
        update.set(GOES_ON, goesOn ? 1 : 0);
        seen.ifPresent(subscription -> set(update, subscription));
        change.with(update);
    }

    /// Adds to a change that nobody looked at Stripe since the row was read. What was decided by what it says does
    /// not happen once it may say something else: the change then meets a conflict.
    public void unchanged(Change change, TenantScope scope) {
        Check check = Check.that(Keys.subscription(scope));
        change.with(scope.found(LOOKS)
                .map(revision -> check.is(REVISION, revision))
                .orElseGet(() -> check.isAbsent(REVISION)));
    }

    private static void set(Update update, Subscription to) {
        update.set(TENANT_ID, to.tenantId().value())
                .set(PRODUCT_ID, to.productId())
                .set(PRODUCT_NAME, to.productName())
                .set(STRIPE_PRODUCT_ID, to.stripeProductId())
                .set(STATUS, to.status().text())
                .set(STRIPE_STATUS, to.state().status())
                .set(QUANTITY, to.quantity())
                .set(STRIPE_SUBSCRIPTION_ID, to.stripeSubscriptionId())
                .set(CREATED_AT, to.createdAt())
                .set(UPDATED_AT, to.updatedAt())
                .set(VERSION, to.version());
        set(update, CURRENT_PERIOD_END, to.state().currentPeriodEnd());
        set(update, CANCEL_AT, to.state().cancelAt());
        set(update, TRIAL_END, to.state().trialEnd());
        set(update, CANCEL_AT_PERIOD_END, to.state().cancelAtPeriodEnd());
        set(update, COLLECTION_PAUSED, to.state().collectionPaused());
    }

    private static void set(Update update, String attribute, Optional<Instant> time) {
        time.ifPresentOrElse(instant -> update.set(attribute, instant), () -> update.remove(attribute));
    }

    private static void set(Update update, String attribute, boolean flag) {
        if (flag) {
            update.set(attribute, 1);
        } else {
            update.remove(attribute);
        }
    }

    /// The tenant's subscription, if it was read along and there is one.
    public Optional<Subscription> find(TenantScope scope) {
        return scope.found(SUBSCRIPTION);
    }

    /// Whether somebody pays for any subscription of the tenant's and goes on paying until somebody ends it, as of
    /// the last look at Stripe. The row must have been read along.
    public boolean goesOn(TenantScope scope) {
        return scope.found(ANY_GOES_ON).orElse(false);
    }

    private static Optional<Boolean> readGoesOn(Row row) {
        return row.has(GOES_ON)
                ? Optional.of(row.number(GOES_ON) == 1)
                : read(row).map(Subscription::goesOn);
    }

    private static Optional<Subscription> read(Row row) {
        if (!row.has(STRIPE_SUBSCRIPTION_ID)) {
            return Optional.empty();
        }
        SubscriptionStatus status = SubscriptionStatus.of(row.text(STATUS));
        return Optional.of(new Subscription(
                new TenantId((int) row.number(TENANT_ID)),
                (int) row.number(PRODUCT_ID),
                row.text(PRODUCT_NAME),
                row.text(STRIPE_PRODUCT_ID),
                status,
                row.number(QUANTITY),
                row.text(STRIPE_SUBSCRIPTION_ID),
                new StripeState(
                        row.optionalText(STRIPE_STATUS).orElseGet(status::stripes),
                        row.has(CANCEL_AT_PERIOD_END),
                        row.optionalInstant(CURRENT_PERIOD_END),
                        row.optionalInstant(CANCEL_AT),
                        row.optionalInstant(TRIAL_END),
                        row.has(COLLECTION_PAUSED)),
                row.instant(CREATED_AT),
                row.instant(UPDATED_AT),
                row.number(VERSION)));
    }
}
