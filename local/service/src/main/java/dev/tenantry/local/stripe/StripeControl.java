package dev.tenantry.local.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.billing.AssignedCustomer;
import dev.tenantry.billing.CustomerId;
import dev.tenantry.billing.SubscriptionStore;
import dev.tenantry.config.Settings;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.local.aws.http.Body;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.http.Request;
import dev.tenantry.local.aws.http.Response;
import dev.tenantry.refusal.Refusal.TenantNotFound;
import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import dev.tenantry.storage.Backoff;
import dev.tenantry.storage.Decision;
import dev.tenantry.tenancy.Actor;
import dev.tenantry.tenancy.TenantScope;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where a developer does to a subscription what customers, time and banks do to it at Stripe. The service then learns
/// of it as it would in earnest: by a signed event.
public final class StripeControl {

    private static final Set<String> FIELDS = new TreeSet<>(
            Set.of("tenant", "status", "quantity", "subscription", "new", "cancelAtPeriodEnd", "items", "deliver"));

    private static final Set<String> ITEM_FIELDS = new TreeSet<>(Set.of("price", "quantity"));

    private static final Duration TIME_FOR_STRIPE = Duration.ofSeconds(5);
    private static final long MOST = 1_000_000;

    private final StripeStandIn stripe;
    private final Webhooks webhooks;
    private final URI endpoint;
    private final Supplier<Settings> settings;
    private @Nullable StripeControlComponent core;

    /// @param endpoint where events are delivered
    /// @param settings of the functions, asked for at the first request
    public StripeControl(StripeStandIn stripe, Webhooks webhooks, URI endpoint, Supplier<Settings> settings) {
        this.stripe = stripe;
        this.webhooks = webhooks;
        this.endpoint = endpoint;
        this.settings = settings;
    }

    /// Gives a tenant that has no customer one with an active subscription, as if Stripe had had both before. So no
    /// event tells of it.
    public void adopt(String tenant, long quantity) {
        DomainPrefix prefix = new DomainPrefix(tenant);
        TenantScope scope = scope(prefix);
        CustomerId customer = core().payments()
                .customer(
                        core().tenants().tenant(scope).id(),
                        prefix,
                        List.of(),
                        scope.now().plus(TIME_FOR_STRIPE));
        StripeAccount account = stripe.account();
        ObjectNode subscription =
                account.createSubscription(form(Json.object().put("quantity", quantity), customer.value(), true));
        account.setStatus(subscription.path("id").asText(), "active");
        customer(prefix);
    }

    /// `POST /_local/stripe/subscription`: makes or changes a tenant's subscription, and delivers the event.
    public Response subscription(Request request) {
        Map<String, String> faults = new LinkedHashMap<>();
        JsonNode json = Json.parse(request.body().text())
                .filter(JsonNode::isObject)
                .orElseGet(() -> {
                    faults.put(
                            "", "The body must be a JSON object such as {\"tenant\":\"demo\",\"status\":\"active\"}.");
                    return Json.object();
                });
        check(json, faults);
        if (!faults.isEmpty()) {
            return problem(400, "invalid_request", "Nothing was changed.", faults);
        }
        try {
            return changed(json);
        } catch (TenantNotFound e) {
            return problem(404, "tenant_not_found", "There is no such tenant.", Map.of());
        } catch (UpstreamUnavailable e) {
            return problem(502, "upstream_unavailable", e.reason(), Map.of());
        } catch (StripeError e) {
            return problem(400, "invalid_request", String.valueOf(e.getMessage()), Map.of());
        }
    }

    private Response changed(JsonNode json) {
        String customer = customer(new DomainPrefix(json.path("tenant").asText()));
        StripeAccount account = stripe.account();
        String status = status(json);
        Optional<ObjectNode> existing = json.path("new").asBoolean() ? Optional.empty() : existing(json, customer);
        // What has ended at Stripe stays so: something new begins instead.
        boolean revived = existing.isPresent() && StripeAccount.isOver(existing.get()) && !isOver(status);
        if (revived && json.has("subscription")) {
            throw StripeError.invalid("A subscription that has ended can't be made active again: "
                    + existing.get().path("id").asText() + ".");
        }
        boolean isNew = existing.isEmpty() || revived;
        if (!isNew
                && json.has("quantity")
                && !json.has("items")
                && existing.get().at("/items/data").size() > 1) {
            throw StripeError.invalid("The subscription has several items, each with its own quantity: use items.");
        }
        ObjectNode subscription = isNew
                ? account.createSubscription(form(json, customer, true))
                : account.updateSubscription(existing.get().path("id").asText(), form(json, customer, false));
        String id = subscription.path("id").asText();
        account.setStatus(id, status);
        String type = "customer.subscription." + (isNew ? "created" : isOver(status) ? "deleted" : "updated");
        ObjectNode event = webhooks.event(type, account.show(account.get("subscription", id), Form.parse("")));
        ObjectNode answer = Json.object().put("customer", customer);
        if (json.path("deliver").asBoolean(true)) {
            answer.put("delivered", webhooks.deliver(event, endpoint));
        } else {
            answer.putNull("delivered");
        }
        answer.set("subscription", event.at("/data/object"));
        answer.set("event", event);
        return Response.json(200, Json.text(answer));
    }

    /// The tenant's customer, which it is given if it has none, as when an admin opens the billing portal.
    private String customer(DomainPrefix tenant) {
        StripeControlComponent service = core();
        return Backoff.forRequest(service.clock(), service.random()).retry(_ -> customer(tenant, service));
    }

    private String customer(DomainPrefix tenant, StripeControlComponent service) {
        List<CustomerId> gone = new ArrayList<>();
        while (true) {
            TenantScope scope = scope(tenant);
            Decision<AssignedCustomer> decision =
                    service.assignCustomer().run(scope, gone, scope.now().plus(TIME_FOR_STRIPE));
            String customer = decision.result().id().value();
            if (!StripeAccount.isDeleted(stripe.account().get("customer", customer))) {
                service.table().commit(decision.change());
                return customer;
            }
            gone.add(decision.result().id());
        }
    }

    private TenantScope scope(DomainPrefix tenant) {
        return core().doors()
                .operator(
                        tenant,
                        new Actor("stripe", Optional.empty(), "local-stripe"),
                        SubscriptionStore.subscription());
    }

    private synchronized StripeControlComponent core() {
        StripeControlComponent made = core;
        if (made == null) {
            made = DaggerStripeControlComponent.factory().create(settings.get());
            core = made;
        }
        return made;
    }

    /// The one that is named; else the newest that has not ended; else the newest.
    private Optional<ObjectNode> existing(JsonNode json, String customer) {
        if (json.has("subscription")) {
            String id = json.path("subscription").asText();
            ObjectNode named = stripe.account().get("subscription", id);
            if (!named.path("customer").asText().equals(customer)) {
                throw StripeError.missing("subscription of this tenant", id);
            }
            return Optional.of(named);
        }
        Optional<ObjectNode> newest = Optional.empty();
        for (ObjectNode subscription : stripe.account().newestFirst("subscription")) {
            if (subscription.path("customer").asText().equals(customer)) {
                if (!StripeAccount.isOver(subscription)) {
                    return Optional.of(subscription);
                }
                newest = newest.or(() -> Optional.of(subscription));
            }
        }
        return newest;
    }

    private Form form(JsonNode json, String customer, boolean isNew) {
        ObjectNode form = Json.object().put("customer", customer);
        if (json.has("cancelAtPeriodEnd")) {
            form.put("cancel_at_period_end", json.path("cancelAtPeriodEnd").asText());
        }
        if (json.has("items")) {
            ObjectNode items = form.putObject("items");
            for (JsonNode item : json.path("items")) {
                String price = item.has("price")
                        ? item.path("price").asText()
                        : stripe.account().price(items.size());
                ObjectNode wanted =
                        items.putObject(Integer.toString(items.size())).put("price", price);
                if (item.has("quantity")) {
                    wanted.put("quantity", item.path("quantity").asText());
                }
            }
        } else if (isNew || json.has("quantity")) {
            form.putObject("items")
                    .putObject("0")
                    .put("price", StripeAccount.PRICE)
                    .put("quantity", json.path("quantity").asText("1"));
        }
        return new Form(form);
    }

    private static boolean isOver(String status) {
        return status.equals("canceled") || status.equals("incomplete_expired");
    }

    private static String status(JsonNode json) {
        String status = json.path("status").asText("active");
        // The API's own word, for which Stripe has several.
        return status.equals("expired") ? "unpaid" : status;
    }

    private static void check(JsonNode json, Map<String, String> faults) {
        if (DomainPrefix.inPath(json.path("tenant").asText()).isEmpty()) {
            faults.put("/tenant", "Must be the domain prefix of a tenant.");
        }
        if (!StripeAccount.STATUSES.contains(status(json))) {
            faults.put(
                    "/status",
                    "Must be one of Stripe's statuses: " + String.join(", ", new TreeSet<>(StripeAccount.STATUSES))
                            + ".");
        }
        checkQuantity(json, "", faults);
        for (String name : List.of("new", "cancelAtPeriodEnd", "deliver")) {
            if (json.has(name) && !json.path(name).isBoolean()) {
                faults.put("/" + name, "Must be true or false.");
            }
        }
        if (json.has("items")
                && (!json.path("items").isArray() || json.path("items").isEmpty())) {
            faults.put("/items", "Must be an array such as [{\"quantity\":3},{\"quantity\":4}].");
        }
        checkNames(json, FIELDS, "", faults);
        for (int i = 0; i < json.path("items").size(); i++) {
            JsonNode item = json.path("items").path(i);
            if (!item.isObject()) {
                faults.put("/items/" + i, "Must be an object such as {\"quantity\":3}.");
            }
            checkQuantity(item, "/items/" + i, faults);
            checkNames(item, ITEM_FIELDS, "/items/" + i, faults);
        }
    }

    private static void checkQuantity(JsonNode in, String at, Map<String, String> faults) {
        JsonNode quantity = in.path("quantity");
        if (!quantity.isMissingNode()
                && (!quantity.isIntegralNumber() || quantity.longValue() < 0 || quantity.longValue() > MOST)) {
            faults.put(at + "/quantity", "Must be a whole number from 0 to " + MOST + ".");
        }
    }

    private static void checkNames(JsonNode in, Set<String> known, String at, Map<String, String> faults) {
        in.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                faults.put(at + "/" + name, "Is not a known field; use " + String.join(", ", known) + ".");
            }
        });
    }

    private static Response problem(int status, String code, String detail, Map<String, String> faults) {
        ObjectNode problem = Json.object()
                .put("type", "about:blank")
                .put("title", "The subscription was not changed")
                .put("status", status)
                .put("detail", detail)
                .put("instance", "/_local/stripe/subscription")
                .put("code", code);
        if (!faults.isEmpty()) {
            ArrayNode errors = problem.putArray("errors");
            faults.forEach((pointer, message) ->
                    errors.addObject().put("pointer", pointer).put("message", message));
        }
        return Response.of(status, "application/problem+json", Body.of(Json.text(problem)));
    }
}
