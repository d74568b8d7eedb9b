package dev.tenantry.local.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Json;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

/// An account's subscriptions (Stripe API reference, "Subscriptions"). Time does not pass for them: nothing is renewed,
/// and nothing ends by itself. Not thread-safe: [StripeAccount] has the lock.
final class SubscriptionBook {

    /// What Stripe calls the statuses of a subscription (Stripe API reference, "The Subscription object").
    static final Set<String> STATUSES = Set.of(
            "active", "trialing", "past_due", "canceled", "unpaid", "incomplete", "incomplete_expired", "paused");

    private static final List<String> FILTERS = List.of(
            "active",
            "all",
            "canceled",
            "ended",
            "incomplete",
            "incomplete_expired",
            "past_due",
            "paused",
            "trialing",
            "unpaid");

    private static final List<String> EDITED = List.of(
            "items",
            "cancel_at",
            "cancel_at_period_end",
            "trial_end",
            "metadata",
            "description",
            "collection_method",
            "payment_behavior",
            "proration_behavior",
            "expand");

    private static final List<String> BEHAVIOURS =
            List.of("allow_incomplete", "default_incomplete", "error_if_incomplete", "pending_if_incomplete");

    private static final long DAY = 86_400;
    static final long LONGEST_TRIAL = 730;

    private final StripeObjects objects;
    private final SubscriptionItems items;

    SubscriptionBook(StripeObjects objects, SubscriptionItems items) {
        this.objects = objects;
        this.items = items;
    }

    /// What has ended at Stripe stays so.
    static boolean isOver(JsonNode subscription) {
        return isOver(subscription.path("status").asText());
    }

    static boolean isOver(String status) {
        return status.equals("canceled") || status.equals("incomplete_expired");
    }

    /// One that is not in the book yet.
    ObjectNode create(String customer, Form form) {
        form.only(StripeObjects.with(EDITED, "customer", "trial_period_days", "billing_mode"));
        if (form.forms("items").isEmpty()) {
            throw StripeError.required("items");
        }
        boolean flexible = wantsFlexible(form);
        ObjectNode subscription = objects.make(StripeObjects.id("sub"), "subscription")
                .putNull("application")
                .putNull("application_fee_percent")
                .put("billing_cycle_anchor", objects.now());
        subscription.putObject("automatic_tax").put("enabled", false).putNull("liability");
        subscription.set("billing_mode", mode(flexible));
        subscription.putNull("cancel_at").put("cancel_at_period_end", false).putNull("canceled_at");
        subscription
                .putObject("cancellation_details")
                .putNull("comment")
                .putNull("feedback")
                .putNull("reason");
        subscription
                .put("collection_method", "charge_automatically")
                .putNull("currency")
                .put("customer", customer)
                .putNull("customer_account")
                .putNull("days_until_due")
                .putNull("default_payment_method")
                .putNull("description");
        subscription.putArray("discounts");
        subscription.putNull("ended_at");
        subscription.set("items", StripeAnswers.list("/v1/subscription_items", List.of()));
        subscription.putNull("latest_invoice").set("metadata", Json.object());
        subscription
                .putNull("next_pending_invoice_item_invoice")
                .putNull("pause_collection")
                .putNull("pending_update")
                .putNull("schedule")
                .put("start_date", objects.now())
                .put("status", "active")
                .putNull("test_clock")
                .putNull("trial_end")
                .putNull("trial_start");
        ((ObjectNode) subscription.get("items"))
                .put(
                        "url",
                        "/v1/subscription_items?subscription="
                                + subscription.path("id").asText());
        trial(subscription, form);
        edit(subscription, form);
        if (form.oneOf("payment_behavior", BEHAVIOURS)
                .filter("default_incomplete"::equals)
                .isPresent()) {
            subscription.put("status", "incomplete");
        }
        return subscription;
    }

    static boolean wantsFlexible(Form form) {
        return form.form("billing_mode")
                .only("type")
                .oneOf("type", List.of("classic", "flexible"))
                .orElse("flexible")
                .equals("flexible");
    }

    private static ObjectNode mode(boolean flexible) {
        ObjectNode mode = Json.object();
        if (flexible) {
            mode.putObject("flexible").put("proration_discounts", "included");
            return mode.put("type", "flexible").putNull("updated_at");
        }
        return mode.putNull("flexible").put("type", "classic").putNull("updated_at");
    }

    private void trial(ObjectNode subscription, Form form) {
        Optional<Long> days = form.number("trial_period_days");
        if (days.isPresent() && form.has("trial_end")) {
            throw StripeError.invalid("You may only specify one of these parameters: trial_end, trial_period_days.");
        }
        if (days.filter(number -> number > LONGEST_TRIAL).isPresent()) {
            throw StripeError.invalid("trial_period_days", "Invalid trial_period_days: must be at most 730.");
        }
        days.filter(number -> number > 0).ifPresent(number -> beginTrial(subscription, objects.now() + number * DAY));
    }

    private void beginTrial(ObjectNode subscription, long end) {
        if (!subscription.path("trial_start").isNumber()) {
            subscription.put("trial_start", objects.now());
        }
        subscription.put("trial_end", end).put("status", "trialing");
    }

    /// Changes one, or a copy of one, that is not over.
    ///
    /// @throws StripeError if it is
    void update(ObjectNode subscription, Form form) {
        form.only(StripeObjects.with(EDITED, "pause_collection", "cancellation_details"));
        if (isOver(subscription)
                && !Set.of("metadata", "cancellation_details", "expand").containsAll(names(form))) {
            throw StripeError.refused("A canceled subscription can only update its cancellation_details and metadata.");
        }
        edit(subscription, form);
        pause(subscription, form);
        details(subscription, form);
    }

    private static Set<String> names(Form form) {
        Set<String> names = new TreeSet<>();
        form.root().fieldNames().forEachRemaining(names::add);
        return names;
    }

    private void edit(ObjectNode subscription, Form form) {
        form.oneOf("payment_behavior", BEHAVIOURS);
        form.oneOf("proration_behavior", List.of("always_invoice", "create_prorations", "none"));
        if (form.has("items")) {
            items.edit(subscription, form.forms("items"));
        }
        form.oneOf("collection_method", List.of("charge_automatically"))
                .ifPresent(method -> subscription.put("collection_method", method));
        form.text("description").ifPresent(text -> subscription.put("description", text.isEmpty() ? null : text));
        trialEnd(subscription, form);
        end(subscription, form);
        if (form.has("metadata")) {
            subscription.set("metadata", form.metadata(subscription.path("metadata")));
        }
    }

    private void trialEnd(ObjectNode subscription, Form form) {
        Optional<String> wanted = form.text("trial_end");
        if (wanted.isEmpty()) {
            if (subscription.path("status").asText().equals("trialing")) {
                periodsEnd(subscription, subscription.path("trial_end").asLong());
            }
            return;
        }
        if (wanted.get().equals("now")) {
            if (subscription.path("trial_end").isNumber()) {
                subscription.put("trial_end", objects.now()).put("status", "active");
                items.begin(subscription);
            }
            return;
        }
        long end = form.number("trial_end").orElseThrow();
        if (end <= objects.now()) {
            throw StripeError.invalid("trial_end", "Invalid timestamp: must be in the future.");
        }
        beginTrial(subscription, end);
        periodsEnd(subscription, end);
    }

    private static void periodsEnd(ObjectNode subscription, long end) {
        subscription.at("/items/data").forEach(item -> ((ObjectNode) item).put("current_period_end", end));
    }

    private void end(ObjectNode subscription, Form form) {
        Optional<Boolean> withPeriod = form.flag("cancel_at_period_end");
        Optional<String> at = form.text("cancel_at");
        if (withPeriod.filter(Boolean::booleanValue).isPresent()
                && at.filter(text -> !text.isEmpty()).isPresent()) {
            throw StripeError.invalid("You may only specify one of these parameters: cancel_at, cancel_at_period_end.");
        }
        if (withPeriod.isPresent()) {
            if (withPeriod.get()) {
                // Stripe takes the earliest end there, whatever the billing mode.
                endsAt(subscription, ends(subscription).min().orElseThrow());
            } else if (subscription.path("cancel_at_period_end").asBoolean()) {
                endsNever(subscription);
            }
            subscription.put("cancel_at_period_end", withPeriod.get());
        }
        if (at.isPresent()) {
            subscription.put("cancel_at_period_end", false);
            switch (at.get()) {
                case "" -> endsNever(subscription);
                case "min_period_end" ->
                    endsAt(subscription, flexible(subscription).min().orElseThrow());
                case "max_period_end" ->
                    endsAt(subscription, flexible(subscription).max().orElseThrow());
                default -> {
                    long time = form.number("cancel_at").orElseThrow();
                    if (time <= objects.now()) {
                        throw StripeError.invalid("cancel_at", "Invalid timestamp: must be in the future.");
                    }
                    endsAt(subscription, time);
                }
            }
        }
    }

    private static LongStream flexible(ObjectNode subscription) {
        if (!isFlexible(subscription)) {
            throw StripeError.invalid(
                    "cancel_at",
                    "`min_period_end` and `max_period_end` need a subscription whose billing_mode is flexible.");
        }
        return ends(subscription);
    }

    static boolean isFlexible(ObjectNode subscription) {
        return subscription.at("/billing_mode/type").asText().equals("flexible");
    }

    private static LongStream ends(ObjectNode subscription) {
        LongStream.Builder ends = LongStream.builder();
        subscription
                .at("/items/data")
                .forEach(item -> ends.add(item.path("current_period_end").asLong()));
        return ends.build();
    }

    private void endsAt(ObjectNode subscription, long time) {
        subscription.put("cancel_at", time).put("canceled_at", objects.now());
        ((ObjectNode) subscription.get("cancellation_details")).put("reason", "cancellation_requested");
    }

    private static void endsNever(ObjectNode subscription) {
        subscription.putNull("cancel_at").putNull("canceled_at");
        ((ObjectNode) subscription.get("cancellation_details")).putNull("reason");
    }

    private static void pause(ObjectNode subscription, Form form) {
        if (form.root().path("pause_collection").isTextual()) {
            if (!form.text("pause_collection").orElseThrow().isEmpty()) {
                throw StripeError.invalid("pause_collection", "Invalid object");
            }
            subscription.putNull("pause_collection");
        } else if (form.has("pause_collection")) {
            Form pause = form.form("pause_collection").only("behavior", "resumes_at");
            pause.required("behavior");
            Optional<Long> resumes = pause.number("resumes_at");
            subscription
                    .putObject("pause_collection")
                    .put(
                            "behavior",
                            pause.oneOf("behavior", List.of("keep_as_draft", "mark_uncollectible", "void"))
                                    .orElseThrow())
                    .put("resumes_at", resumes.orElse(null));
        }
    }

    private static void details(ObjectNode subscription, Form form) {
        Form details = form.form("cancellation_details").only("comment", "feedback");
        for (String name : List.of("comment", "feedback")) {
            details.text(name)
                    .ifPresent(text -> ((ObjectNode) subscription.get("cancellation_details"))
                            .put(name, text.isEmpty() ? null : text));
        }
    }

    /// Ends one at once.
    void cancel(ObjectNode subscription, String reason) {
        subscription.put("status", "canceled").put("canceled_at", objects.now()).put("ended_at", objects.now());
        ((ObjectNode) subscription.get("cancellation_details")).put("reason", reason);
    }

    /// What only time and payments do at Stripe.
    void setStatus(ObjectNode subscription, String status) {
        String before = subscription.path("status").asText();
        subscription.put("status", status);
        if (isOver(status)) {
            subscription.put("canceled_at", objects.now()).put("ended_at", objects.now());
        } else if (!subscription.path("cancel_at").isNumber()) {
            subscription.putNull("canceled_at").putNull("ended_at");
        }
        if (status.equals("trialing") && !subscription.path("trial_end").isNumber()) {
            beginTrial(subscription, objects.now() + 14 * DAY);
            periodsEnd(subscription, subscription.path("trial_end").asLong());
        } else if (before.equals("trialing") && !status.equals("trialing")) {
            subscription.put(
                    "trial_end",
                    Math.min(objects.now(), subscription.path("trial_end").asLong()));
        }
    }

    ObjectNode list(Form form) {
        form.only(StripeObjects.with(StripeAnswers.PAGE, "customer", "status", "price", "collection_method"));
        String status = form.oneOf("status", FILTERS).orElse("");
        form.oneOf("collection_method", List.of("charge_automatically", "send_invoice"));
        if (form.has("price")) {
            objects.named("price", form, "price");
        }
        return StripeAnswers.page(
                "/v1/subscriptions",
                objects.filtered("subscription", form, "customer", "collection_method").stream()
                        .filter(one -> isIn(status, one.path("status").asText()))
                        .filter(one -> form.text("price")
                                .map(price -> SubscriptionItems.have(one, price))
                                .orElse(true))
                        .toList(),
                form);
    }

    private static boolean isIn(String filter, String status) {
        return switch (filter) {
            case "all" -> true;
            case "ended" -> isOver(status);
            case "" -> !status.equals("canceled");
            default -> filter.equals(status);
        };
    }
}
