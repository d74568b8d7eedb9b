package dev.tenantry.local.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.billing.AssignedCustomer;
import dev.tenantry.billing.CustomerId;
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
import dev.tenantry.subscriptions.SubscriptionStore;
import dev.tenantry.tenancy.Actor;
import dev.tenantry.tenancy.TenantScope;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
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

    private static final Set<String> FIELDS = new TreeSet<>(Set.of(
            "tenant",
            "status",
            "quantity",
            "subscription",
            "new",
            "cancelAtPeriodEnd",
            "cancelAt",
            "trialEnd",
            "collectionPaused",
            "billingMode",
            "items",
            "payload",
            "deliver"));

    private static final Set<String> ITEM_FIELDS = new TreeSet<>(Set.of("price", "quantity", "currentPeriodEnd"));

    private static final Duration TIME_FOR_STRIPE = Duration.ofSeconds(5);
    private static final long MOST = 999_999;

    /// What Stripe takes for the time of an end.
    private static final Set<String> WORDS = Set.of("min_period_end", "max_period_end");

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
        account.withheld(
                Optional.empty(),
                () -> account.createSubscription(
                                form(Json.object().put("quantity", quantity), customer.value(), Optional.empty()))
                        .path("id")
                        .asText(),
                _ -> "customer.subscription.created");
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
        boolean revived =
                existing.isPresent() && SubscriptionBook.isOver(existing.get()) && !SubscriptionBook.isOver(status);
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
        Optional<ObjectNode> base = isNew ? Optional.empty() : existing;
        Form form = form(json, customer, base);
        ObjectNode event = account.withheld(
                base.map(known -> known.path("id").asText()),
                () -> {
                    String id = (base.isEmpty() ? account.createSubscription(form) : changed(account, base.get(), form))
                            .path("id")
                            .asText();
                    if (json.has("collectionPaused")) {
                        account.updateSubscription(
                                id,
                                Form.parse(
                                        json.path("collectionPaused").asBoolean()
                                                ? "pause_collection[behavior]=void"
                                                : "pause_collection="));
                    }
                    account.setStatus(id, status);
                    // Last: as long as there is a trial, all that changes makes the periods end with it.
                    periods(account, id, json.path("items"));
                    return id;
                },
                after -> "customer.subscription."
                        + (isNew ? "created" : SubscriptionBook.isOver(after) ? "deleted" : "updated"));
        ObjectNode told = json.path("payload").asText().equals("thin") ? Webhooks.thin(event) : event;
        ObjectNode answer = Json.object().put("customer", customer);
        if (json.path("deliver").asBoolean(true)) {
            answer.put("delivered", webhooks.deliver(told, endpoint));
        } else {
            answer.putNull("delivered");
        }
        answer.set("subscription", event.at("/data/object"));
        answer.set("event", told);
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
                if (!SubscriptionBook.isOver(subscription)) {
                    return Optional.of(subscription);
                }
                newest = newest.or(() -> Optional.of(subscription));
            }
        }
        return newest;
    }

    /// What has ended changes no more, but for what a developer wants to see of it.
    private static ObjectNode changed(StripeAccount account, ObjectNode existing, Form form) {
        return SubscriptionBook.isOver(existing)
                ? existing
                : account.updateSubscription(existing.path("id").asText(), form);
    }

    private static void periods(StripeAccount account, String id, JsonNode items) {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).has("currentPeriodEnd")) {
                account.setPeriodEnd(id, i, seconds(items.get(i).path("currentPeriodEnd")));
            }
        }
    }

    private static long seconds(JsonNode time) {
        return Instant.parse(time.asText()).getEpochSecond();
    }

    /// The parameters that Stripe's API has for it.
    ///
    /// @param existing what is changed; something new is made if empty
    private Form form(JsonNode json, String customer, Optional<ObjectNode> existing) {
        ObjectNode form = Json.object();
        if (existing.isEmpty()) {
            form.put("customer", customer);
            if (json.has("billingMode")) {
                form.putObject("billing_mode")
                        .put("type", json.path("billingMode").asText());
            }
        }
        if (json.has("cancelAtPeriodEnd")) {
            form.put("cancel_at_period_end", json.path("cancelAtPeriodEnd").asText());
        }
        if (json.has("cancelAt")) {
            form.put("cancel_at", time(json.path("cancelAt")));
        }
        if (json.has("trialEnd")) {
            form.put("trial_end", json.path("trialEnd").isNull() ? "now" : time(json.path("trialEnd")));
        }
        ObjectNode items = form.putObject("items");
        if (json.has("items")) {
            for (JsonNode item : json.path("items")) {
                String price = item.has("price")
                        ? item.path("price").asText()
                        : stripe.account().price(items.size());
                ObjectNode wanted =
                        items.putObject(Integer.toString(items.size())).put("price", price);
                existing.flatMap(known -> item(known, price)).ifPresent(id -> wanted.put("id", id));
                if (item.has("quantity")) {
                    wanted.put("quantity", item.path("quantity").asText());
                }
            }
            existing.ifPresent(known -> withoutOthers(known, items));
        } else if (existing.isEmpty()) {
            items.putObject("0")
                    .put("price", StripeAccount.PRICE)
                    .put("quantity", json.path("quantity").asText("1"));
        } else if (json.has("quantity")) {
            items.putObject("0")
                    .put("id", existing.get().at("/items/data/0/id").asText())
                    .put("quantity", json.path("quantity").asText());
        } else {
            form.remove("items");
        }
        return new Form(form, "");
    }

    /// The item of a subscription that has a price, which it has once.
    private static Optional<String> item(ObjectNode subscription, String price) {
        for (JsonNode item : subscription.at("/items/data")) {
            if (item.at("/price/id").asText().equals(price)) {
                return Optional.of(item.path("id").asText());
            }
        }
        return Optional.empty();
    }

    private static void withoutOthers(ObjectNode subscription, ObjectNode wanted) {
        List<String> kept = wanted.findValuesAsText("id");
        for (JsonNode item : subscription.at("/items/data")) {
            String id = item.path("id").asText();
            if (!kept.contains(id)) {
                wanted.putObject(Integer.toString(wanted.size())).put("id", id).put("deleted", "true");
            }
        }
    }

    /// As Stripe's API takes it; nothing for null, and Stripe's own words as they are.
    private static String time(JsonNode time) {
        if (time.isNull()) {
            return "";
        }
        return WORDS.contains(time.asText()) ? time.asText() : Long.toString(seconds(time));
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
        if (!SubscriptionBook.STATUSES.contains(status(json))) {
            faults.put(
                    "/status",
                    "Must be one of Stripe's statuses: " + String.join(", ", new TreeSet<>(SubscriptionBook.STATUSES))
                            + ".");
        }
        checkQuantity(json, "", faults);
        for (String name : List.of("new", "cancelAtPeriodEnd", "collectionPaused", "deliver")) {
            if (json.has(name) && !json.path(name).isBoolean()) {
                faults.put("/" + name, "Must be true or false.");
            }
        }
        checkWord(json, "billingMode", List.of("classic", "flexible"), faults);
        checkWord(json, "payload", List.of("snapshot", "thin"), faults);
        if (!json.path("cancelAt").isNull()
                && !WORDS.contains(json.path("cancelAt").asText())) {
            checkTime(json, "", "cancelAt", faults);
        }
        if (!json.path("trialEnd").isNull()) {
            checkTime(json, "", "trialEnd", faults);
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
            checkTime(item, "/items/" + i, "currentPeriodEnd", faults);
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

    private static void checkWord(JsonNode in, String name, List<String> words, Map<String, String> faults) {
        if (in.has(name) && !words.contains(in.path(name).asText())) {
            faults.put("/" + name, "Must be one of " + String.join(", ", words) + ".");
        }
    }

    private static void checkTime(JsonNode in, String at, String name, Map<String, String> faults) {
        if (!in.has(name)) {
            return;
        }
        try {
            var _ = Instant.parse(in.path(name).asText());
        } catch (DateTimeParseException e) {
            faults.put(at + "/" + name, "Must be a time such as 2026-12-31T23:59:59Z.");
        }
    }

    /// `POST /_local/stripe/portal`: has it that the billing portal's settings were saved at Stripe, or never were.
    public Response portal(Request request) {
        JsonNode configured = Json.parse(request.body().text())
                .map(json -> json.path("configured"))
                .orElseGet(Json::object);
        if (!configured.isBoolean()) {
            return problem(
                    400,
                    "invalid_request",
                    "The body must be {\"configured\":true} or {\"configured\":false}.",
                    Map.of());
        }
        stripe.account().configurePortal(configured.asBoolean());
        return Response.json(200, "{\"configured\":" + configured.asBoolean() + "}");
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
