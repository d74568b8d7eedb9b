package dev.tenantry.subscriptions;

import dev.tenantry.identity.TenantId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;

/// What a tenant has subscribed to.
///
/// @param productId        our number of the product; 0 as long as nobody gave it one
/// @param stripeProductId  Stripe's id of the product
/// @param state            how it stands at Stripe
/// @param createdAt        when it was made at Stripe
/// @param updatedAt        when what is shown of it last changed here
/// @param version          1 at first, one more whenever what is shown of it changes
public record Subscription(
        TenantId tenantId,
        int productId,
        String productName,
        String stripeProductId,
        SubscriptionStatus status,
        long quantity,
        String stripeSubscriptionId,
        StripeState state,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    /// A number for API clients, who know ids as integers: drawn from Stripe's id, so that the same subscription
    /// has the same one however often others came between.
    public int id() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(stripeSubscriptionId.getBytes(StandardCharsets.UTF_8));
            return Math.max(1, ByteBuffer.wrap(digest).getInt() & Integer.MAX_VALUE);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// Somebody pays for it, and goes on paying until somebody ends it.
    public boolean goesOn() {
        return status == SubscriptionStatus.ACTIVE && !state.endsByItself();
    }

    /// The same, once Stripe has it no longer.
    public Subscription ended(Instant now) {
        return new Subscription(
                tenantId,
                productId,
                productName,
                stripeProductId,
                SubscriptionStatus.CANCELED,
                quantity,
                stripeSubscriptionId,
                state.ended(),
                createdAt,
                now,
                version);
    }

    /// The same, as what a subscription on record has become: another version of it only if it shows something
    /// else.
    public Subscription following(Subscription from) {
        boolean same = shows(from);
        return new Subscription(
                tenantId,
                productId,
                productName,
                stripeProductId,
                status,
                quantity,
                stripeSubscriptionId,
                state,
                createdAt,
                same ? from.updatedAt : updatedAt,
                same ? from.version : from.version + 1);
    }

    /// Shows the same, whenever and however often it was asked for.
    public boolean shows(Subscription other) {
        return productId == other.productId
                && productName.equals(other.productName)
                && status == other.status
                && quantity == other.quantity
                && stripeSubscriptionId.equals(other.stripeSubscriptionId)
                && state.equals(other.state)
                && createdAt.equals(other.createdAt);
    }
}
