package dev.tenantry.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerSearchParams;
import com.stripe.param.billingportal.SessionCreateParams;
import dev.tenantry.billing.BilledSubscription;
import dev.tenantry.billing.Checkout;
import dev.tenantry.billing.CustomerId;
import dev.tenantry.billing.Offer;
import dev.tenantry.billing.Order;
import dev.tenantry.billing.Payments;
import dev.tenantry.billing.Product;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.identity.TenantId;
import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.inject.Inject;
import javax.inject.Singleton;

/// Payments through Stripe.
@Singleton
public final class StripePayments implements Payments {

    private static final String TENANT_ID = "tenantry_tenant_id";
    private static final String TENANT = "tenantry_tenant";

    /// What an operator finds in docs/billing.md. Stripe has no code for it, only words.
    private static final String NO_PORTAL = "portal_not_configured";

    private final StripeCalls calls;

    @Inject
    StripePayments(StripeCalls calls) {
        this.calls = calls;
    }

    /// The search finds what was made before, but with a delay of up to a minute or, when Stripe is failing, an
    /// hour (Stripe, "Search": data freshness). The idempotency key covers that time: for at least a day, who makes
    /// the same customer gets the first one. Stripe compares what was asked for, so nothing that can change, such
    /// as the tenant's name, may be in it. The successor of a deleted customer has keys of its own, or Stripe would
    /// repeat the deleted one.
    @Override
    public CustomerId customer(TenantId tenant, DomainPrefix prefix, List<CustomerId> gone, Instant deadline) {
        return calls.within(deadline, stripe -> {
            Optional<Customer> found = stripe
                    .v1()
                    .customers()
                    .search(CustomerSearchParams.builder()
                            .setQuery("metadata['" + TENANT_ID + "']:'" + tenant.value() + "' AND metadata['" + TENANT
                                    + "']:'" + prefix + "'")
                            .build())
                    .getData()
                    .stream()
                    // The search can be late in forgetting, too.
                    .filter(customer -> !gone.contains(new CustomerId(customer.getId())))
                    .min(Comparator.comparing(Customer::getCreated).thenComparing(Customer::getId));
            return new CustomerId(found.isPresent() ? found.get().getId() : made(stripe, tenant, prefix, gone));
        });
    }

    private static String made(StripeClient stripe, TenantId tenant, DomainPrefix prefix, List<CustomerId> gone)
            throws StripeException, InterruptedException {
        CustomerCreateParams customer = CustomerCreateParams.builder()
                .setDescription("Tenant " + prefix)
                .putMetadata(TENANT_ID, Integer.toString(tenant.value()))
                .putMetadata(TENANT, prefix.value())
                .build();
        String keys = "tenantry-customer-" + prefix + "-" + tenant.value()
                + (gone.isEmpty() ? "" : "-after-" + gone.getLast());
        return StripeCalls.once(
                keys,
                options -> stripe.v1().customers().create(customer, options).getId());
    }

    @Override
    public Optional<URI> portal(CustomerId customer, URI returnUrl, Instant deadline) {
        SessionCreateParams session = SessionCreateParams.builder()
                .setCustomer(customer.value())
                .setReturnUrl(returnUrl.toString())
                .build();
        return unlessDeleted(customer, deadline, stripe -> {
            try {
                return URI.create(
                        stripe.v1().billingPortal().sessions().create(session).getUrl());
            } catch (InvalidRequestException e) {
                if (isNotConfigured(e)) {
                    throw StripeCalls.failure(e, NO_PORTAL);
                }
                throw e;
            }
        });
    }

    /// Nobody ever saved the portal's settings at Stripe.
    private static boolean isNotConfigured(InvalidRequestException failure) {
        return String.valueOf(failure.getMessage()).contains("customer portal settings");
    }

    @Override
    public List<BilledSubscription> subscriptions(CustomerId customer, Instant deadline) {
        return unlessDeleted(customer, deadline, stripe -> StripeSubscriptions.of(stripe, customer))
                .orElse(List.of());
    }

    @Override
    public List<Offer> offers(Set<String> numbered, Instant deadline) {
        return calls.within(deadline, stripe -> StripeOffers.all(stripe, numbered));
    }

    @Override
    public Checkout checkout(CustomerId customer, Order order, String operation, Instant deadline) {
        return unlessDeleted(customer, deadline, stripe -> StripeCheckouts.open(stripe, customer, order, operation))
                .orElseGet(Checkout.CustomerGone::new);
    }

    /// What is asked about a customer; empty if it fails because the customer was deleted.
    private <T> Optional<T> unlessDeleted(CustomerId customer, Instant deadline, StripeCalls.Question<T> question) {
        return calls.within(deadline, stripe -> {
            try {
                return Optional.of(question.ask(stripe));
            } catch (InvalidRequestException e) {
                if (isAboutItsCustomer(e) && isDeleted(stripe, customer)) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    static boolean isAboutItsCustomer(InvalidRequestException failure) {
        return "resource_missing".equals(failure.getCode()) || "customer".equals(failure.getParam());
    }

    /// Only Stripe's own word that there was such a customer counts: to the key of another account every customer
    /// is missing.
    private static boolean isDeleted(StripeClient stripe, CustomerId customer) throws StripeException {
        return Boolean.TRUE.equals(
                stripe.v1().customers().retrieve(customer.value()).getDeleted());
    }

    @Override
    public Optional<Product> product(String id, Instant deadline) {
        return calls.within(deadline, stripe -> StripeProducts.product(stripe, id));
    }
}
