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
import dev.tenantry.refusal.Refusal.BillingNotConfigured;
import dev.tenantry.refusal.Refusal.TenantNotFound;
import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import dev.tenantry.storage.Backoff;
import dev.tenantry.storage.Decision;
import dev.tenantry.subscriptions.SubscriptionStore;
import dev.tenantry.tenancy.Actor;
import dev.tenantry.tenancy.TenantScope;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where a developer does to a subscription what customers, time and banks do to it at Stripe. The service then learns
/// of it as it would in earnest: by a signed event.
public final class StripeControl {

    private static final Duration TIME_FOR_STRIPE = Duration.ofSeconds(5);

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
                () -> account.createSubscription(SubscriptionOrder.form(
                                Json.object().put("quantity", quantity),
                                customer.value(),
                                Optional.empty(),
                                account::price))
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
        SubscriptionOrder.check(json, faults);
        if (!faults.isEmpty()) {
            return problem(400, "invalid_request", "Nothing was changed.", faults);
        }
        try {
            return changed(json);
        } catch (TenantNotFound e) {
            return problem(404, "tenant_not_found", "There is no such tenant.", Map.of());
        } catch (BillingNotConfigured e) {
            return problem(409, "billing_not_configured", "There is no Stripe: STRIPE is 0.", Map.of());
        } catch (UpstreamUnavailable e) {
            return problem(502, "upstream_unavailable", e.reason(), Map.of());
        } catch (StripeError e) {
            return problem(400, "invalid_request", String.valueOf(e.getMessage()), Map.of());
        }
    }

    private Response changed(JsonNode json) {
        String customer = customer(new DomainPrefix(json.path("tenant").asText()));
        StripeAccount account = stripe.account();
        String status = SubscriptionOrder.status(json);
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
        if (!isNew && json.has("billingMode")) {
            throw StripeError.invalid("billingMode is for a new subscription: the one that is there keeps its own.");
        }
        Optional<ObjectNode> base = isNew ? Optional.empty() : existing;
        Form form = SubscriptionOrder.form(json, customer, base, account::price);
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
            if (!CustomerBook.isDeleted(stripe.account().get("customer", customer))) {
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

    /// What has ended changes no more, and Stripe says so to who wants it to.
    private static ObjectNode changed(StripeAccount account, ObjectNode existing, Form form) {
        return SubscriptionBook.isOver(existing) && form.root().isEmpty()
                ? existing
                : account.updateSubscription(existing.path("id").asText(), form);
    }

    private static void periods(StripeAccount account, String id, JsonNode items) {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).has("currentPeriodEnd")) {
                account.setPeriodEnd(
                        id, i, SubscriptionOrder.seconds(items.get(i).path("currentPeriodEnd")));
            }
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
