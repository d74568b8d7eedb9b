package dev.tenantry.local.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.stripe.Stripe;
import com.stripe.StripeClient;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.SignatureVerificationException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Event;
import com.stripe.model.StripeCollection;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import com.stripe.model.checkout.Session;
import com.stripe.net.ApiResource;
import com.stripe.net.RequestOptions;
import com.stripe.net.Webhook;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerSearchParams;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.EventListParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionListParams;
import com.stripe.param.SubscriptionRetrieveParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionListParams;
import com.stripe.param.checkout.SessionRetrieveParams;
import com.stripe.service.V1Services;
import dev.tenantry.local.aws.fault.Faults;
import dev.tenantry.local.aws.http.WebServer;
import dev.tenantry.testing.TestClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Stripe's library for Java against the stand-in, as anybody uses it.
class StripeJavaTest {

    private static final String BACK = "http://localhost:3000/";

    private final TestClock clock = new TestClock();
    private final WebServer server = WebServer.bind(0);
    private final V1Services stripe;

    StripeJavaTest() throws IOException {
        server.serve(new StripeStandIn(clock, new Faults(), Optional.empty()));
        stripe = StripeClient.builder()
                .setApiKey(StripeStandIn.API_KEY)
                .setApiBase(server.uri().toString())
                .setMaxNetworkRetries(0)
                .build()
                .v1();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void makesAndChangesASubscription() throws StripeException {
        Subscription made = subscribe(customer("north"), 3);
        assertThat(made.getStatus()).isEqualTo("trialing");
        assertThat(made.getTrialEnd() - made.getStartDate())
                .isEqualTo(Duration.ofDays(14).toSeconds());
        assertThat(made.getItems().getData().getFirst().getQuantity()).isEqualTo(3);

        Subscription changed = stripe.subscriptions()
                .update(
                        made.getId(),
                        SubscriptionUpdateParams.builder()
                                .addItem(SubscriptionUpdateParams.Item.builder()
                                        .setId(made.getItems()
                                                .getData()
                                                .getFirst()
                                                .getId())
                                        .setQuantity(7L)
                                        .build())
                                .addItem(SubscriptionUpdateParams.Item.builder()
                                        .setPrice(StripeAccount.YEARLY_PRICE)
                                        .putMetadata("a", "b")
                                        .build())
                                .setTrialEnd(SubscriptionUpdateParams.TrialEnd.NOW)
                                .setCancelAt(SubscriptionUpdateParams.CancelAt.MAX_PERIOD_END)
                                .build());

        List<SubscriptionItem> items = changed.getItems().getData();
        assertThat(items).extracting(SubscriptionItem::getQuantity).containsExactly(7L, 1L);
        assertThat(items.get(1).getMetadata()).containsExactly(Map.entry("a", "b"));
        assertThat(changed.getStatus()).isEqualTo("active");
        assertThat(changed.getCancelAt()).isEqualTo(items.get(1).getCurrentPeriodEnd());
        assertThat(changed.getCancelAtPeriodEnd()).isFalse();
        assertThat(stripe.subscriptions().cancel(made.getId()).getStatus()).isEqualTo("canceled");
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> stripe.subscriptions().cancel(made.getId()))
                .satisfies(failure -> assertThat(failure.getCode()).isEqualTo("resource_missing"));
    }

    @Test
    void goesThroughAListInPages() throws StripeException {
        Customer customer = customer("north");
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            made.addFirst(subscribe(customer, i + 1).getId());
        }
        SubscriptionListParams params = SubscriptionListParams.builder()
                .setCustomer(customer.getId())
                .setLimit(5L)
                .build();
        List<String> listed = new ArrayList<>();
        stripe.subscriptions().list(params).autoPagingIterable().forEach(one -> listed.add(one.getId()));
        assertThat(listed).isEqualTo(made);
        assertThat(stripe.subscriptions().list(params).getHasMore()).isTrue();
    }

    @Test
    void findsWhatItSearchesForOnceTheSearchKnowsIt() throws StripeException {
        for (int i = 0; i < 12; i++) {
            customer("north");
        }
        customer("south");
        CustomerSearchParams north = CustomerSearchParams.builder()
                .setQuery("metadata['team']:'north'")
                .setLimit(5L)
                .build();
        assertThat(stripe.customers().search(north).getData()).isEmpty();
        clock.advance(Duration.ofMinutes(2));
        assertThat(stripe.customers().search(north).getHasMore()).isTrue();
        List<String> teams = new ArrayList<>();
        stripe.customers()
                .search(north)
                .autoPagingIterable()
                .forEach(found -> teams.add(found.getMetadata().get("team")));
        assertThat(teams).hasSize(12).containsOnly("north");
    }

    @Test
    void showsWhatIsExpanded() throws StripeException {
        Subscription made = subscribe(customer("north"), 3);
        Subscription shown = stripe.subscriptions()
                .retrieve(
                        made.getId(),
                        SubscriptionRetrieveParams.builder()
                                .addExpand("customer")
                                .addExpand("items.data.price.product")
                                .build());
        assertThat(shown.getCustomerObject().getMetadata()).containsEntry("team", "north");
        assertThat(shown.getItems()
                        .getData()
                        .getFirst()
                        .getPrice()
                        .getProductObject()
                        .getName())
                .isEqualTo("Charge points");
    }

    @Test
    void tellsOfWhatHappenedByEventsThatTheLibraryReadsAndChecks() throws Exception {
        Customer customer = customer("north");
        stripe.customers()
                .update(
                        customer.getId(),
                        CustomerUpdateParams.builder().setName("Acme").build());
        StripeCollection<Event> events = stripe.events()
                .list(EventListParams.builder().setType("customer.updated").build());
        Event event = events.getData().getFirst();
        assertThat(event.getApiVersion()).isEqualTo(Stripe.API_VERSION);
        // The library only reads what has the shapes of its own version.
        assertThat(event.getDataObjectDeserializer().getObject())
                .containsInstanceOf(Customer.class)
                .get()
                .satisfies(object -> assertThat(((Customer) object).getName()).isEqualTo("Acme"));
        assertThat(event.getData().getPreviousAttributes()).containsEntry("name", null);

        String payload = ApiResource.GSON.toJson(event);
        String signature = Webhooks.signature("whsec_1", clock.instant(), payload);
        assertThat(Webhook.constructEvent(payload, signature, "whsec_1", 300, clock)
                        .getId())
                .isEqualTo(event.getId());
        assertThatExceptionOfType(SignatureVerificationException.class)
                .isThrownBy(() -> Webhook.constructEvent(payload, signature, "whsec_2", 300, clock));
    }

    @Test
    void sellsByCheckout() throws Exception {
        Customer customer = customer("north");
        SessionCreateParams wanted = SessionCreateParams.builder()
                .setMode(SessionCreateParams.Mode.SUBSCRIPTION)
                .setCustomer(customer.getId())
                .addLineItem(SessionCreateParams.LineItem.builder()
                        .setPrice(StripeAccount.YEARLY_PRICE)
                        .setQuantity(12L)
                        .build())
                .setSuccessUrl(BACK + "?session={CHECKOUT_SESSION_ID}")
                .setSubscriptionData(SessionCreateParams.SubscriptionData.builder()
                        .putMetadata("a", "b")
                        .build())
                .build();
        RequestOptions key = RequestOptions.builder().setIdempotencyKey("one").build();
        Session session = stripe.checkout().sessions().create(wanted, key);
        assertThat(stripe.checkout().sessions().create(wanted, key).getId()).isEqualTo(session.getId());
        Session other = stripe.checkout().sessions().create(wanted);
        assertThat(stripe.checkout().sessions().expire(other.getId()).getStatus())
                .isEqualTo("expired");
        SessionListParams open = SessionListParams.builder()
                .setCustomer(customer.getId())
                .setStatus(SessionListParams.Status.OPEN)
                .build();
        assertThat(stripe.checkout().sessions().list(open).getData())
                .extracting(Session::getId)
                .containsExactly(session.getId());

        try (HttpClient browser = HttpClient.newHttpClient()) {
            assertThat(browser.send(
                                    HttpRequest.newBuilder(URI.create(session.getUrl()))
                                            .POST(BodyPublishers.ofString("action=pay"))
                                            .build(),
                                    BodyHandlers.discarding())
                            .headers()
                            .firstValue("location"))
                    .contains(BACK + "?session=" + session.getId());
        }

        Session paid = stripe.checkout()
                .sessions()
                .retrieve(
                        session.getId(),
                        SessionRetrieveParams.builder()
                                .addExpand("subscription")
                                .addExpand("line_items")
                                .build());
        assertThat(paid.getStatus()).isEqualTo("complete");
        assertThat(paid.getPaymentStatus()).isEqualTo("paid");
        assertThat(paid.getSubscriptionObject().getMetadata()).containsEntry("a", "b");
        assertThat(paid.getLineItems().getData().getFirst().getQuantity()).isEqualTo(12);
    }

    private Customer customer(String team) throws StripeException {
        return stripe.customers()
                .create(CustomerCreateParams.builder().putMetadata("team", team).build());
    }

    private Subscription subscribe(Customer customer, long quantity) throws StripeException {
        return stripe.subscriptions()
                .create(SubscriptionCreateParams.builder()
                        .setCustomer(customer.getId())
                        .addItem(SubscriptionCreateParams.Item.builder()
                                .setPrice(StripeAccount.PRICE)
                                .setQuantity(quantity)
                                .build())
                        .setTrialPeriodDays(14L)
                        .build());
    }
}
