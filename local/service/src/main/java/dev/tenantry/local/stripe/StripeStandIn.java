package dev.tenantry.local.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.fault.Fault;
import dev.tenantry.local.aws.fault.Faults;
import dev.tenantry.local.aws.http.Body;
import dev.tenantry.local.aws.http.Endpoint;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.http.Request;
import dev.tenantry.local.aws.http.Response;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// As much of Stripe's API as this service and its tests use, spoken as Stripe's own SDK expects it (Stripe API
/// reference).
public final class StripeStandIn implements Endpoint {

    /// The key that it lets in.
    public static final String API_KEY = "sk_test_local";

    /// How long an idempotency key is remembered (Stripe API reference, "Idempotent requests").
    private static final Duration KEYS_KEPT = Duration.ofHours(24);

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

    @Override
    public Response answer(Request request) {
        if (request.path().startsWith("/p/session/")) {
            return PortalPage.of(account, request.path().substring("/p/session/".length()));
        }
        calls.add(request.method() + " " + request.path());
        versions.add(request.headers().joined("stripe-version").orElse(""));
        Optional<Fault> fault = faults.next(Faults.Service.STRIPE);
        Response response = fault.isPresent() ? failed(fault.get(), request) : answerOrError(request);
        return response.with("request-id", StripeObjects.id("req"));
    }

    private Response failed(Fault fault, Request request) {
        // Java's HTTP client repeats a request by itself if its answer never begins; one fault would then be none.
        return fault == Fault.RESET
                ? Response.brokenOff()
                : fault.happen(
                        StripeError.ordered().response(),
                        StripeError.tooMany().response(),
                        () -> answerOrError(request));
    }

    private Response answerOrError(Request request) {
        try {
            String bearer = request.headers().joined("authorization").orElse("");
            if (!bearer.equals("Bearer " + apiKey)) {
                throw StripeError.unauthorized(bearer.replace("Bearer ", ""));
            }
            if (forbidden.contains(request.path())) {
                throw StripeError.forbidden();
            }
            Optional<String> key = request.headers()
                    .joined("idempotency-key")
                    .filter(text -> request.method().equals("POST"));
            return key.isEmpty() ? serve(request) : once(key.get(), request);
        } catch (StripeError error) {
            return error.response();
        } catch (IllegalArgumentException malformed) {
            return StripeError.invalid("Malformed parameters.").response();
        }
    }

    /// The first request's answer is everyone's, as long as they ask for the same.
    private Response once(String key, Request request) {
        String path = request.path();
        ObjectNode parameters = Form.parse(request.body().text()).root();
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
        Response answer = Response.none();
        try {
            boolean fails = keptFailures.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
            answer = fails ? StripeError.ordered().response() : serve(request);
            return answer.with("idempotency-key", key);
        } finally {
            synchronized (uses) {
                // Nothing began to be executed if the parameters were wrong: that is not kept.
                if (answer.status() == 200 || answer.status() == 500) {
                    uses.put(key, new Use(path, parameters, clock.instant(), answer));
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

    private Response serve(Request request) {
        Form form = Form.parse(request.method().equals("POST") ? request.body().text() : request.query());
        String[] path = request.path().substring(1).split("/", -1);
        String id = path.length > 2 ? path[2] : "";
        ObjectNode object = switch (request.method() + " " + template(path)) {
            case "POST /v1/customers" -> account.createCustomer(form);
            case "GET /v1/customers" -> account.listCustomers(form);
            case "GET /v1/customers/search" -> account.searchCustomers(form);
            case "GET /v1/customers/{id}" -> account.get("customer", id);
            case "DELETE /v1/customers/{id}" -> account.deleteCustomer(id);
            case "POST /v1/products" -> account.createProduct(form);
            case "GET /v1/products/{id}" -> account.get("product", id);
            case "POST /v1/prices" -> account.createPrice(form);
            case "GET /v1/prices/{id}" -> account.get("price", id);
            case "POST /v1/subscriptions" -> account.createSubscription(form);
            case "GET /v1/subscriptions" -> account.listSubscriptions(form);
            case "GET /v1/subscription_items" -> account.listItems(form);
            case "GET /v1/subscriptions/{id}" -> account.get("subscription", id);
            case "POST /v1/subscriptions/{id}" -> account.updateSubscription(id, form);
            case "DELETE /v1/subscriptions/{id}" -> account.cancelSubscription(id);
            case "POST /v1/billing_portal/sessions" ->
                account.createSession(form, "http://127.0.0.1:" + request.port());
            default -> throw StripeError.unknownPath(request.method(), request.path());
        };
        Response response = Response.of(200, "application/json", Body.of(Json.text(account.show(object, form))));
        return request.headers()
                .joined("stripe-version")
                .map(version -> response.with("stripe-version", version))
                .orElse(response);
    }

    private static String template(String[] path) {
        boolean item = path.length == 3
                && path[0].equals("v1")
                && !path[1].equals("billing_portal")
                && !path[2].equals("search");
        return item ? "/v1/" + path[1] + "/{id}" : "/" + String.join("/", path);
    }
}
