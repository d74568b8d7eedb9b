package dev.tenantry.stripe;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.stripe.StripeClient;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.HasId;
import com.stripe.model.Price;
import com.stripe.model.StripeCollection;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import com.stripe.net.ApiResource;
import com.stripe.net.RequestOptions;
import com.stripe.net.StripeResponse;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerSearchParams;
import com.stripe.param.SubscriptionItemListParams;
import com.stripe.param.SubscriptionListParams;
import com.stripe.param.billingportal.SessionCreateParams;
import dev.tenantry.billing.BilledSubscription;
import dev.tenantry.billing.CustomerId;
import dev.tenantry.billing.Payments;
import dev.tenantry.billing.Product;
import dev.tenantry.config.Settings;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.identity.TenantId;
import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import dev.tenantry.upstream.BoundedCalls;
import dev.tenantry.upstream.Upstream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// Payments through Stripe. Each call is tried once: whoever called us can repeat it, and Stripe delivers events again,
/// so our own repetitions would only add to its load when it is failing.
@Singleton
public final class StripePayments implements Payments {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

    /// For each wait on the network; the deadline holds for all of them together.
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(4);

    private static final String TENANT_ID = "tenantry_tenant_id";
    private static final String TENANT = "tenantry_tenant";

    /// How many failures of Stripe's own the making of a customer can leave behind.
    private static final int KEYS = 5;

    /// Between two tries at a customer whom somebody else is making.
    private static final Duration PAUSE = Duration.ofMillis(100);

    /// Most pages of a list, 100 on each.
    private static final int PAGES = 10;

    private static final long PAGE_SIZE = 100;

    /// Port 9 of this machine discards what it gets (RFC 863), where anybody listens at all.
    private static final Optional<URI> NOWHERE = Optional.of(URI.create("http://127.0.0.1:9"));

    private static final Upstream STRIPE = new Upstream("payment service", "Stripe");

    private final StripeSecrets secrets;
    private final BoundedCalls calls;
    private final Optional<URI> apiBase;

    @Inject
    StripePayments(StripeSecrets secrets, BoundedCalls calls, Settings settings) {
        this.secrets = secrets;
        this.calls = calls;
        this.apiBase = settings.stripe().apiBase();
    }

    /// The search finds what was made before, but with a delay of up to a minute or, when Stripe is failing, an
    /// hour (Stripe, "Search": data freshness). The idempotency key covers that time: for at least a day, who makes
    /// the same customer gets the first one. Stripe compares what was asked for, so nothing that can change, such
    /// as the tenant's name, may be in it. The successor of a deleted customer has keys of its own, or Stripe would
    /// repeat the deleted one.
    @Override
    public CustomerId customer(TenantId tenant, DomainPrefix prefix, List<CustomerId> gone, Instant deadline) {
        return within(deadline, stripe -> {
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
        int key = 1;
        while (true) {
            try {
                RequestOptions options = RequestOptions.builder()
                        .setIdempotencyKey(keys + "-" + key)
                        .build();
                return stripe.v1().customers().create(customer, options).getId();
            } catch (StripeException e) {
                if (isKeptFailure(e) && key < KEYS) {
                    // Stripe keeps its own failures under a key as well. Everyone goes on to the same next key, so that
                    // it is still one customer that they get.
                    key++;
                } else if (isUnderWay(e)) {
                    // Somebody is making it at this moment. The deadline ends the wait.
                    Thread.sleep(PAUSE);
                } else {
                    throw e;
                }
            }
        }
    }

    private static boolean isUnderWay(StripeException failure) {
        return Integer.valueOf(409).equals(failure.getStatusCode());
    }

    private static boolean isKeptFailure(StripeException failure) {
        StripeResponse response = failure.getStripeError() == null
                ? null
                : failure.getStripeError().getLastResponse();
        return response != null
                && response.code() >= 500
                && response.headers()
                        .firstValue("Idempotent-Replayed")
                        .filter("true"::equals)
                        .isPresent();
    }

    @Override
    public Optional<URI> portal(CustomerId customer, URI returnUrl, Instant deadline) {
        SessionCreateParams session = SessionCreateParams.builder()
                .setCustomer(customer.value())
                .setReturnUrl(returnUrl.toString())
                .build();
        return unlessDeleted(
                customer,
                deadline,
                stripe -> URI.create(
                        stripe.v1().billingPortal().sessions().create(session).getUrl()));
    }

    @Override
    public List<BilledSubscription> subscriptions(CustomerId customer, Instant deadline) {
        return unlessDeleted(customer, deadline, stripe -> subscriptions(stripe, customer))
                .orElse(List.of());
    }

    /// What is asked about a customer; empty if it fails because the customer was deleted.
    private <T> Optional<T> unlessDeleted(CustomerId customer, Instant deadline, Question<T> question) {
        return within(deadline, stripe -> {
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

    private static boolean isAboutItsCustomer(InvalidRequestException failure) {
        return "resource_missing".equals(failure.getCode()) || "customer".equals(failure.getParam());
    }

    /// Only Stripe's own word that there was such a customer counts: to the key of another account every customer
    /// is missing.
    private static boolean isDeleted(StripeClient stripe, CustomerId customer) throws StripeException {
        return Boolean.TRUE.equals(
                stripe.v1().customers().retrieve(customer.value()).getDeleted());
    }

    private static List<BilledSubscription> subscriptions(StripeClient stripe, CustomerId customer)
            throws StripeException {
        List<BilledSubscription> all = new ArrayList<>();
        List<StripeCollection<Subscription>> pages = pages("subscriptions of a customer", after -> {
            SubscriptionListParams.Builder wanted = SubscriptionListParams.builder()
                    .setCustomer(customer.value())
                    .setStatus(SubscriptionListParams.Status.ALL)
                    .setLimit(PAGE_SIZE);
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
        pages("items of a subscription", after -> {
                    SubscriptionItemListParams.Builder wanted = SubscriptionItemListParams.builder()
                            .setSubscription(subscription.getId())
                            .setLimit(PAGE_SIZE);
                    after.ifPresent(wanted::setStartingAfter);
                    return stripe.v1().subscriptionItems().list(wanted.build());
                })
                .forEach(page -> all.addAll(page.getData()));
        return all;
    }

    /// One page of a list at Stripe.
    @FunctionalInterface
    private interface Pages<T extends HasId> {
        StripeCollection<T> after(Optional<String> id) throws StripeException;
    }

    /// All pages of a list. What has more of them than anybody has use for is refused: a part of it would be a
    /// wrong answer.
    private static <T extends HasId> List<StripeCollection<T>> pages(String what, Pages<T> pages)
            throws StripeException {
        List<StripeCollection<T>> all = new ArrayList<>();
        Optional<String> last = Optional.empty();
        for (int i = 0; i < PAGES; i++) {
            StripeCollection<T> page = pages.after(last);
            all.add(page);
            if (!Boolean.TRUE.equals(page.getHasMore())) {
                return all;
            }
            last = Optional.of(page.getData().getLast().getId());
        }
        throw unavailable("more than " + PAGES * PAGE_SIZE + " " + what);
    }

    private static BilledSubscription billed(Subscription subscription, List<SubscriptionItem> items, JsonObject raw) {
        Optional<Instant> periodEnd = Optional.empty();
        long quantity = 0;
        String product = "";
        for (SubscriptionItem item : items) {
            Price price = item.getPrice();
            if (product.isEmpty()) {
                product = price.getProduct();
            }
            if (item.getQuantity() != null) {
                quantity += item.getQuantity();
            }
            Optional<Instant> itemEnd = instant(item.getCurrentPeriodEnd());
            if (periodEnd.isEmpty() || itemEnd.isPresent() && itemEnd.get().isBefore(periodEnd.get())) {
                periodEnd = itemEnd;
            }
        }
        if (periodEnd.isEmpty()) {
            // Until API version 2025-03-31 the period was the subscription's, which the SDK no longer knows of.
            JsonElement end = raw.get("current_period_end");
            periodEnd = end == null || end.isJsonNull() ? Optional.empty() : instant(end.getAsLong());
        }
        return new BilledSubscription(
                subscription.getId(),
                subscription.getStatus(),
                Instant.ofEpochSecond(subscription.getCreated()),
                isEndingWith(periodEnd, subscription),
                periodEnd,
                quantity,
                product);
    }

    /// Either it says so, or it names a time to end at that is not after the period's.
    private static boolean isEndingWith(Optional<Instant> periodEnd, Subscription subscription) {
        Optional<Instant> cancelAt = instant(subscription.getCancelAt());
        return Boolean.TRUE.equals(subscription.getCancelAtPeriodEnd())
                || cancelAt.isPresent()
                        && periodEnd.isPresent()
                        && !cancelAt.get().isAfter(periodEnd.get());
    }

    private static Optional<Instant> instant(@Nullable Long seconds) {
        return seconds == null ? Optional.empty() : Optional.of(Instant.ofEpochSecond(seconds));
    }

    @Override
    public Optional<Product> product(String id, Instant deadline) {
        return within(deadline, stripe -> {
            try {
                com.stripe.model.Product product = stripe.v1().products().retrieve(id);
                return Optional.of(new Product(
                        id,
                        product.getName(),
                        Optional.ofNullable(product.getMetadata())
                                .map(metadata -> metadata.get(Product.METADATA))
                                .flatMap(StripePayments::number)));
            } catch (StripeException e) {
                if (isFinal(e)) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    /// Asking again gets the same answer: there is no such thing, or the key may not read it.
    private static boolean isFinal(StripeException failure) {
        int status = Optional.ofNullable(failure.getStatusCode()).orElse(0);
        return status == 400 || status == 403 || status == 404;
    }

    private static Optional<Integer> number(String text) {
        try {
            return Optional.of(Integer.parseInt(text.strip())).filter(number -> number > 0);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /// Something to ask of Stripe.
    @FunctionalInterface
    private interface Question<T> {
        T ask(StripeClient stripe) throws StripeException, InterruptedException;
    }

    private <T> T within(Instant deadline, Question<T> question) {
        return calls.within(deadline, STRIPE, () -> {
            try {
                return ask(question);
            } catch (StripeException e) {
                throw failure(e);
            }
        });
    }

    private <T> T ask(Question<T> question) throws StripeException, InterruptedException {
        StripeKeys keys = secrets.keys();
        try {
            return question.ask(client(keys));
        } catch (AuthenticationException e) {
            // Perhaps the key was rotated a moment ago.
            Optional<StripeKeys> fresh = secrets.instead(keys);
            if (fresh.isEmpty()) {
                throw e;
            }
            return question.ask(client(fresh.get()));
        }
    }

    /// A call to where nobody listens takes the SDK all the way to the network; what an answer looks like is told
    /// to it.
    @Override
    public void prepare() {
        try {
            client(new StripeKeys("priming", List.of()), NOWHERE)
                    .v1()
                    .subscriptions()
                    .list(SubscriptionListParams.builder().setLimit(PAGE_SIZE).build());
        } catch (StripeException e) {
            // As it must be.
        }
        var _ = ApiResource.GSON.fromJson(
                "{\"object\":\"subscription\",\"items\":{\"object\":\"list\",\"data\":[{\"price\":{\"product\":\"p\"}}]}}",
                Subscription.class);
    }

    private StripeClient client(StripeKeys keys) {
        return client(keys, apiBase);
    }

    private static StripeClient client(StripeKeys keys, Optional<URI> apiBase) {
        StripeClient.StripeClientBuilder client = StripeClient.builder()
                .setApiKey(keys.apiKey())
                .setConnectTimeout((int) CONNECT_TIMEOUT.toMillis())
                .setReadTimeout((int) READ_TIMEOUT.toMillis())
                .setMaxNetworkRetries(0);
        apiBase.ifPresent(base -> client.setApiBase(base.toString()));
        return client.build();
    }

    /// Codes and Stripe's own request id: a message can quote what was sent.
    private static UpstreamUnavailable failure(StripeException failure) {
        return unavailable(failure.getClass().getSimpleName() + " "
                + Optional.ofNullable(failure.getStatusCode()).orElse(0) + " "
                + Optional.ofNullable(failure.getCode()).orElse("") + " "
                + Optional.ofNullable(failure.getRequestId()).orElse(""));
    }

    private static UpstreamUnavailable unavailable(String reason) {
        return STRIPE.unavailable(reason);
    }
}
