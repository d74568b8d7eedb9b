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
import dev.tenantry.stripe.StripeCalls.Making;
import java.net.URI;
import java.util.List;
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
        Making<Session> making = options -> stripe.v1().checkout().sessions().create(wanted, options);
        Session session;
        try {
            session = inOneCurrency(stripe, customer, keys, making);
        } catch (InvalidRequestException e) {
            if (isAboutCurrencies(e)) {
                return new Checkout.OtherCurrency();
            }
            if (StripeCalls.status(e) != 400 || isAboutItsCustomer(e)) {
                throw e;
            }
            return new Checkout.Declined(StripeCalls.reason(e, StripeCalls.code(e)));
        }
        closeOlder(stripe, customer, session);
        return new Checkout.Open(URI.create(session.getUrl()));
    }

    /// To Stripe a page that is open is a use of its currency, for as long as it is open: a day. It would have been
    /// closed for the new one anyway.
    private static Session inOneCurrency(StripeClient stripe, CustomerId customer, String keys, Making<Session> making)
            throws StripeException, InterruptedException {
        try {
            return StripeCalls.once(keys, making);
        } catch (InvalidRequestException e) {
            if (!isAboutCurrencies(e)) {
                throw e;
            }
            for (Session open : open(stripe, customer)) {
                close(stripe, open);
            }
            return StripeCalls.once(keys, making);
        }
    }

    /// Stripe has no code for it, and several sentences: that currencies can't be combined on a customer, or that a
    /// price's is not the one expected.
    private static boolean isAboutCurrencies(InvalidRequestException failure) {
        return StripeCalls.status(failure) == 400
                && String.valueOf(failure.getMessage()).contains("currenc");
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
        for (Session session : open(stripe, customer)) {
            if (session.getId().equals(newest.getId())) {
                passed = true;
            } else if (passed || session.getCreated() < newest.getCreated()) {
                // Stripe's order tells those of one second apart.
                close(stripe, session);
            }
        }
    }

    /// Those on which somebody can subscribe, the newest first.
    private static List<Session> open(StripeClient stripe, CustomerId customer) throws StripeException {
        List<StripeCollection<Session>> pages = StripeCalls.pages("open checkouts of a customer", after -> {
            SessionListParams.Builder open = SessionListParams.builder()
                    .setCustomer(customer.value())
                    .setStatus(SessionListParams.Status.OPEN)
                    .setLimit(StripeCalls.PAGE_SIZE);
            after.ifPresent(open::setStartingAfter);
            return stripe.v1().checkout().sessions().list(open.build());
        });
        return pages.stream()
                .flatMap(page -> page.getData().stream())
                .filter(session -> SUBSCRIPTION.equals(session.getMode()))
                .toList();
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
