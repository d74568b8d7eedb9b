package dev.tenantry.local.stripe;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.fault.Fault;
import dev.tenantry.local.aws.fault.Faults;
import dev.tenantry.local.aws.http.Body;
import dev.tenantry.local.aws.http.Endpoint;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.http.Request;
import dev.tenantry.local.aws.http.Response;
import dev.tenantry.local.stripe.StripeEvents.Cause;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// As much of Stripe's API as this service and its tests use, spoken as Stripe's own SDK expects it (Stripe API
/// reference).
public final class StripeStandIn implements Endpoint {

    /// The key that it lets in.
    public static final String API_KEY = "sk_test_local";

    /// How long an idempotency key is remembered (Stripe API reference, "Idempotent requests").
    private static final Duration KEYS_KEPT = Duration.ofHours(24);

    private static final String BASIC = "Basic ";

    /// The versions of one release, which bears a name, differ by additions only (Stripe, "Versioning").
    private static final Pattern VERSIONS = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}"
            + Pattern.quote(StripeEvents.API_VERSION.substring(StripeEvents.API_VERSION.indexOf('.'))));

    /// What several collections are behind.
    private static final Set<String> GROUPS = Set.of("billing_portal", "checkout");

    /// What a key was used for.
    ///
    /// @param answer null while the first request is under way
    private record Use(
            String path,
            ObjectNode parameters,
            Instant at,
            @Nullable Response answer) {

        /// Stripe compares what parameters say, and not how they are put.
        boolean isFor(String otherPath, ObjectNode others) {
            return path.equals(otherPath) && parameters.equals(others);
        }
    }

    private final StripeAccount account;
    private final StripePages pages;
    private final Faults faults;
    private final Clock clock;
    private final Map<String, Use> uses = new HashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<String> versions = new CopyOnWriteArrayList<>();
    private final Set<String> forbidden = ConcurrentHashMap.newKeySet();
    private final AtomicInteger keptFailures = new AtomicInteger();
    private final AtomicInteger busy = new AtomicInteger();
    private volatile String apiKey = API_KEY;

    /// @param file keeps what it holds from one start to the next
    public StripeStandIn(Clock clock, Faults faults, Optional<Path> file) {
        this.account = new StripeAccount(clock, file);
        this.pages = new StripePages(account);
        this.faults = faults;
        this.clock = clock;
    }

    StripeAccount account() {
        return account;
    }

    /// Lets another key in from now on, and no longer the one before.
    public void rotate(String newApiKey) {
        apiKey = newApiKey;
    }

    /// Lets the key no longer read what is at that path, as a restricted key might not.
    void forbid(String path) {
        forbidden.add(path);
    }

    /// The versions of the API that were asked for.
    List<String> versions() {
        return versions;
    }

    /// Has a customer who pays for so many.
    public void subscribe(String customer, long quantity) {
        account.subscribe(customer, quantity);
    }

    /// What was asked of it, such as `POST /v1/customers`, in this order.
    public List<String> calls() {
        return calls;
    }

    /// Has the service told of everything that happens here from now on.
    ///
    /// @return what stops telling
    public AutoCloseable deliver(Webhooks webhooks, URI endpoint) {
        Deliveries deliveries = new Deliveries(webhooks, endpoint);
        account.tell(deliveries::add);
        return deliveries;
    }

    @Override
    public Response answer(Request request) {
        if (StripePages.isPage(request.path())) {
            return pages.answer(request);
        }
        calls.add(request.method() + " " + request.path());
        versions.add(request.headers().joined("stripe-version").orElse(""));
        String id = StripeObjects.id("req");
        Optional<Fault> fault = faults.next(Faults.Service.STRIPE);
        Response response = fault.isPresent() ? failed(fault.get(), request, id) : answerOrError(request, id);
        return response.with("request-id", id);
    }

    private Response failed(Fault fault, Request request, String id) {
        // Java's HTTP client repeats a request by itself if its answer never begins; one fault would then be none.
        return fault == Fault.RESET
                ? Response.brokenOff()
                : fault.happen(
                        StripeError.ordered().response(),
                        StripeError.tooMany().response(),
                        () -> answerOrError(request, id));
    }

    private Response answerOrError(Request request, String id) {
        try {
            String given = key(request.headers().joined("authorization").orElse(""));
            if (!given.equals(apiKey)) {
                throw StripeError.unauthorized(given);
            }
            checkVersion(request.headers().joined("stripe-version"));
            if (forbidden.contains(request.path())) {
                throw StripeError.forbidden();
            }
            Optional<String> key = request.headers()
                    .joined("idempotency-key")
                    .filter(text -> request.method().equals("POST"));
            return key.isEmpty()
                    ? serve(request, new Cause(id, null))
                    : once(key.get(), request, new Cause(id, key.get()));
        } catch (StripeError error) {
            return error.response();
        } catch (IllegalArgumentException malformed) {
            return StripeError.invalid("Malformed parameters.").response();
        }
    }

    /// The API key, which is a bearer's token or the name of HTTP Basic, whose password is empty (Stripe API
    /// reference, "Authentication").
    private static String key(String authorization) {
        if (!authorization.startsWith(BASIC)) {
            return authorization.replace("Bearer ", "");
        }
        String decoded = new String(Base64.getDecoder().decode(authorization.substring(BASIC.length())), UTF_8);
        return decoded.endsWith(":") ? decoded.substring(0, decoded.length() - 1) : decoded;
    }

    /// What is asked for, be it in the query or in the body.
    private static Form form(Request request) {
        String body = request.method().equals("GET") ? "" : request.body().text();
        return Form.parse(request.query() + "&" + body);
    }

    /// The first request's answer is everyone's, as long as they ask for the same.
    private Response once(String key, Request request, Cause cause) {
        String path = request.path();
        ObjectNode parameters = form(request).root();
        if (busy.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw StripeError.keyInUse();
        }
        synchronized (uses) {
            uses.values().removeIf(use -> use.at().plus(KEYS_KEPT).isBefore(clock.instant()));
            Use use = uses.get(key);
            if (use != null) {
                if (!use.isFor(path, parameters)) {
                    throw StripeError.keyReused(key);
                }
                if (use.answer() == null) {
                    throw StripeError.keyInUse();
                }
                return use.answer().with("idempotent-replayed", "true").with("idempotency-key", key);
            }
            uses.put(key, new Use(path, parameters, clock.instant(), null));
        }
        Optional<Response> kept = Optional.empty();
        try {
            boolean fails = keptFailures.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
            Response answer = fails ? StripeError.ordered().response() : serve(request, cause);
            kept = Optional.of(answer);
            return answer.with("idempotency-key", key);
        } catch (StripeError error) {
            // Nothing began to be done if the parameters were wrong: that is not kept.
            kept = Optional.of(error).filter(StripeError::isKept).map(StripeError::response);
            throw error;
        } finally {
            synchronized (uses) {
                if (kept.isPresent()) {
                    uses.put(key, new Use(path, parameters, clock.instant(), kept.get()));
                } else {
                    uses.remove(key);
                }
            }
        }
    }

    /// Lets the next requests with a new key fail in the way that Stripe keeps and repeats under that key.
    public void failForGood(int times) {
        keptFailures.set(times);
    }

    /// Lets somebody else's request with the same key be under way whenever the next ones come.
    public void beBusy(int times) {
        busy.set(times);
    }

    /// What has other shapes than those here is better not had at all.
    private static void checkVersion(Optional<String> version) {
        if (version.filter(text -> !VERSIONS.matcher(text).matches()).isPresent()) {
            throw StripeError.invalid("Invalid Stripe API version: " + version.get() + ". Only "
                    + StripeEvents.API_VERSION + ", and others of its release, are served locally.");
        }
    }

    private Response serve(Request request, Cause cause) {
        Form form = form(request);
        String[] path = request.path().substring(1).split("/", -1);
        ObjectNode object = account.by(cause, () -> account.show(served(request, path, form), form));
        // Whatever was asked for, it is this one that is spoken.
        return Response.of(200, "application/json", Body.of(Json.text(object)))
                .with("stripe-version", StripeEvents.API_VERSION);
    }

    private ObjectNode served(Request request, String[] path, Form form) {
        String id = id(path);
        StripeShop shop = account.shop();
        CheckoutDesk checkouts = account.checkouts();
        PortalDesk portal = account.portal();
        String pages = "http://127.0.0.1:" + request.port();
        return switch (request.method() + " " + template(path)) {
            case "POST /v1/customers" -> account.createCustomer(form);
            case "GET /v1/customers" -> account.listCustomers(form);
            case "GET /v1/customers/search" -> account.searchCustomers(form);
            case "GET /v1/customers/{id}" -> retrieved("customer", id, form);
            case "POST /v1/customers/{id}" -> account.updateCustomer(id, form);
            case "DELETE /v1/customers/{id}" -> account.deleteCustomer(id, form);
            case "POST /v1/products" -> shop.createProduct(form);
            case "GET /v1/products" -> shop.listProducts(form);
            case "GET /v1/products/{id}" -> retrieved("product", id, form);
            case "POST /v1/products/{id}" -> shop.updateProduct(id, form);
            case "POST /v1/prices" -> shop.createPrice(form);
            case "GET /v1/prices" -> shop.listPrices(form);
            case "GET /v1/prices/{id}" -> retrieved("price", id, form);
            case "POST /v1/prices/{id}" -> shop.updatePrice(id, form);
            case "POST /v1/subscriptions" -> account.createSubscription(form);
            case "GET /v1/subscriptions" -> account.listSubscriptions(form);
            case "GET /v1/subscriptions/{id}" -> retrieved("subscription", id, form);
            case "POST /v1/subscriptions/{id}" -> account.updateSubscription(id, form);
            case "DELETE /v1/subscriptions/{id}" -> account.cancelSubscription(id, form);
            case "GET /v1/subscription_items" -> account.listItems(form);
            case "GET /v1/events" -> account.listEvents(form);
            case "GET /v1/events/{id}" -> retrieved("event", id, form);
            case "POST /v1/checkout/sessions" -> account.createCheckout(form, pages);
            case "GET /v1/checkout/sessions" -> checkouts.list(form);
            case "GET /v1/checkout/sessions/{id}" -> {
                form.only("expand");
                yield checkouts.get(id);
            }
            case "GET /v1/checkout/sessions/{id}/line_items" -> checkouts.listLines(id, form);
            case "POST /v1/checkout/sessions/{id}/expire" -> {
                form.only("expand");
                yield account.expireCheckout(id);
            }
            case "POST /v1/billing_portal/sessions" -> account.createSession(form, pages);
            case "POST /v1/billing_portal/configurations" -> portal.createConfiguration(form);
            case "GET /v1/billing_portal/configurations" -> portal.listConfigurations(form);
            case "GET /v1/billing_portal/configurations/{id}" -> retrieved("billing_portal.configuration", id, form);
            case "POST /v1/billing_portal/configurations/{id}" -> portal.updateConfiguration(id, form);
            default -> throw StripeError.unknownPath(request.method(), request.path());
        };
    }

    private ObjectNode retrieved(String type, String id, Form form) {
        form.only("expand");
        return account.get(type, id);
    }

    private static String template(String[] path) {
        StringBuilder template = new StringBuilder();
        for (int i = 0; i < path.length; i++) {
            template.append('/').append(isId(path, i) ? "{id}" : path[i]);
        }
        return template.toString();
    }

    private static String id(String[] path) {
        for (int i = 0; i < path.length; i++) {
            if (isId(path, i)) {
                return path[i];
            }
        }
        return "";
    }

    /// What stands behind a collection's name, and is no word of the API itself.
    private static boolean isId(String[] path, int position) {
        return position > 1
                && path[0].equals("v1")
                && (position == 2 ? !GROUPS.contains(path[1]) : position == 3 && GROUPS.contains(path[1]))
                && !path[position].equals("search");
    }
}
