package dev.tenantry.functions.webhook;

import dev.tenantry.billing.FollowSubscription;
import dev.tenantry.billing.Followed;
import dev.tenantry.billing.Mirrored;
import dev.tenantry.billing.Payments;
import dev.tenantry.billing.StripeEvent;
import dev.tenantry.http.WebhookFunction.Headers;
import dev.tenantry.http.WebhookFunction.Receipt;
import dev.tenantry.http.WebhookFunction.Receiver;
import dev.tenantry.http.WebhookFunction.SignedMessage;
import dev.tenantry.storage.Decision;
import dev.tenantry.stripe.StripeSignature;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
    public StripeEvent read(byte[] body, Headers headers, Instant received) {
        return signature.verified(body, headers.get(SIGNATURE), received.plus(Payments.TIME_LIMIT));
    }

    @Override
    public Map<String, String> ids(StripeEvent event) {
        Map<String, String> ids = new LinkedHashMap<>();
        ids.put("eventId", event.id());
        event.customer().ifPresent(customer -> ids.put("customerId", customer.value()));
        return ids;
    }

    @Override
    public SignedMessage priming(Instant now) {
        String body = """
                {"id": "evt_priming", "type": "customer.subscription.updated",
                 "data": {"object": {"customer": "cus_priming"}}}""";
        return new SignedMessage(body, SIGNATURE, StripeSignature.priming(body, now));
    }

    @Override
    public Decision<Receipt> act(StripeEvent event, String requestId, Instant received) {
        return follow.run(event, requestId, received).map(StripeReceiver::receipt);
    }

    static Receipt receipt(Followed followed) {
        // Somebody pays, or no longer does, and we do not know who or for what: an operator wants to hear of it.
        Optional<String> count = switch (followed.outcome()) {
            case UNKNOWN_CUSTOMER -> Optional.of("unknownCustomers");
            case NO_CUSTOMER -> Optional.of("eventsWithoutCustomer");
            case DELETED_TENANT -> Optional.of("customersOfDeletedTenants");
            case PRODUCT_UNREADABLE -> Optional.of("unreadableProducts");
            case STATUS_UNKNOWN -> Optional.of("unknownStatuses");
            case CHANGED, UNCHANGED, NOTHING_YET, REPEATED, UNINTERESTING -> Optional.empty();
        };
        return new Receipt(
                followed.outcome().text(),
                followed.tenant(),
                Stream.concat(count.stream(), followed.several() ? Stream.of(Mirrored.SEVERAL) : Stream.empty())
                        .toList());
    }
}
