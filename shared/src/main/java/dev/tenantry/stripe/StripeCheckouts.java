package dev.tenantry.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.StripeCollection;
import com.stripe.model.checkout.Session;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionListParams;
import dev.tenantry.billing.Checkout;
import dev.tenantry.billing.CustomerId;
import dev.tenantry.billing.Order;
import dev.tenantry.identity.Digest;
import java.net.URI;
import java.util.Optional;

/// Opens pages to pay on, one at a time for each customer.
final class StripeCheckouts {

    /// What a session for a subscription says that it is for.
    private static final String SUBSCRIPTION = "subscription";

    private StripeCheckouts() {}

    /// Stripe compares what is asked for under a key, so all of it is in the key: who asks for something else under
    /// the same name gets something else, and no error.
    static Checkout open(StripeClient stripe, CustomerId customer, Order order, String operation)
            throws StripeException, InterruptedException {
        String returnUrl = order.returnUrl().toString();
        SessionCreateParams wanted = SessionCreateParams.builder()
                .setMode(SessionCreateParams.Mode.SUBSCRIPTION)
                .setCustomer(customer.value())
                .setClientReferenceId(order.tenant().value())
                .addLineItem(SessionCreateParams.LineItem.builder()
                        .setPrice(order.stripePriceId())
                        .setQuantity(order.quantity())
                        .build())
                .setSuccessUrl(returnUrl)
                .setCancelUrl(returnUrl)
                .build();
        String keys = "tenantry-checkout-"
                + Digest.of(String.join(
                        "\n",
                        operation,
                        customer.value(),
                        order.stripePriceId(),
                        Long.toString(order.quantity()),
                        returnUrl));
        Session session;
        try {
            session = StripeCalls.once(
                    keys, options -> stripe.v1().checkout().sessions().create(wanted, options));
        } catch (InvalidRequestException e) {
            if (StripeCalls.status(e) != 400 || isAboutItsCustomer(e)) {
                throw e;
            }
            return new Checkout.Declined(StripeCalls.reason(e, StripeCalls.code(e)));
        }
        closeOlder(stripe, customer, session);
        return new Checkout.Open(URI.create(session.getUrl()));
    }

    /// A price is missing in the same words as a customer, and names its parameter. That a product is inactive
    /// names none.
    private static boolean isAboutItsCustomer(InvalidRequestException failure) {
        return StripePayments.isAboutItsCustomer(failure)
                && !Optional.ofNullable(failure.getParam()).orElse("").startsWith("line_items");
    }

    /// A page stays open for a day, and who pays on two has two subscriptions. It is closed after the new one is
    /// there, and only what is older: of several that are opened at once the same one stays for all, the newest.
    private static void closeOlder(StripeClient stripe, CustomerId customer, Session newest) throws StripeException {
        boolean passed = false;
        for (StripeCollection<Session> page : StripeCalls.<Session>pages("open checkouts of a customer", after -> {
            SessionListParams.Builder open = SessionListParams.builder()
                    .setCustomer(customer.value())
                    .setStatus(SessionListParams.Status.OPEN)
                    .setLimit(StripeCalls.PAGE_SIZE);
            after.ifPresent(open::setStartingAfter);
            return stripe.v1().checkout().sessions().list(open.build());
        })) {
            for (Session session : page.getData()) {
                if (session.getId().equals(newest.getId())) {
                    passed = true;
                } else if (SUBSCRIPTION.equals(session.getMode())
                        // Stripe's order tells those of one second apart.
                        && (passed || session.getCreated() < newest.getCreated())) {
                    close(stripe, session);
                }
            }
        }
    }

    private static void close(StripeClient stripe, Session session) throws StripeException {
        try {
            stripe.v1().checkout().sessions().expire(session.getId());
        } catch (InvalidRequestException e) {
            // It is closed already, or was paid for a moment ago: then there is a subscription to be seen.
            if (StripeCalls.status(e) != 400) {
                throw e;
            }
        }
    }
}
