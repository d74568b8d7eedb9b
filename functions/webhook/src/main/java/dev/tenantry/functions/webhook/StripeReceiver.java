package dev.tenantry.functions.webhook;

import dev.tenantry.billing.FollowSubscription;
import dev.tenantry.billing.Outcome;
import dev.tenantry.billing.StripeEvent;
import dev.tenantry.http.WebhookFunction.Headers;
import dev.tenantry.http.WebhookFunction.Receipt;
import dev.tenantry.http.WebhookFunction.Receiver;
import dev.tenantry.storage.Decision;
import dev.tenantry.stripe.StripeSignature;
import java.util.Locale;
import java.util.Optional;
import javax.inject.Inject;

/// What Stripe's events say and lead to.
final class StripeReceiver implements Receiver<StripeEvent> {

    private static final String SIGNATURE = StripeSignature.HEADER.toLowerCase(Locale.ROOT);

    private final StripeSignature signature;
    private final FollowSubscription follow;

    @Inject
    StripeReceiver(StripeSignature signature, FollowSubscription follow) {
        this.signature = signature;
        this.follow = follow;
    }

    @Override
    public StripeEvent read(byte[] body, Headers headers) {
        return signature.verified(body, headers.get(SIGNATURE));
    }

    @Override
    public Decision<Receipt> act(StripeEvent event, String requestId) {
        return follow.run(event, requestId).map(StripeReceiver::receipt);
    }

    static Receipt receipt(Outcome outcome) {
        // Somebody pays, or no longer does, and we do not know who or for what: an operator wants to hear of it.
        Optional<String> count = switch (outcome) {
            case UNKNOWN_CUSTOMER -> Optional.of("unknownCustomers");
            case DELETED_TENANT -> Optional.of("customersOfDeletedTenants");
            case PRODUCT_UNREADABLE -> Optional.of("unreadableProducts");
            case STATUS_UNKNOWN -> Optional.of("unknownStatuses");
            case CHANGED, UNCHANGED, NOTHING_YET, REPEATED, UNINTERESTING -> Optional.empty();
        };
        return new Receipt(outcome.name().toLowerCase(Locale.ROOT), count);
    }
}
