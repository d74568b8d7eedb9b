package dev.tenantry.local.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An account's customers (Stripe API reference, "Customers"). Not thread-safe: [StripeAccount] has the lock.
final class CustomerBook {

    /// A search sees what is older than this. Stripe says that it is usually less than a minute ("Search": data
    /// freshness), so nobody may count on less.
    private static final Duration SEARCH_DELAY = Duration.ofMinutes(1);

    private static final Pattern QUERY = Pattern.compile("\\s*(?:metadata\\['[^']+'\\]|email|name):'[^']*'"
            + "(?:\\s+AND\\s+(?:metadata\\['[^']+'\\]|email|name):'[^']*')*\\s*");
    private static final Pattern CLAUSE = Pattern.compile("(?:metadata\\['([^']+)'\\]|(email|name)):'([^']*)'");

    private static final List<String> CUSTOMER = List.of("name", "email", "description", "phone", "metadata", "expand");

    private final StripeObjects objects;
    private final StripeEvents events;

    CustomerBook(StripeObjects objects, StripeEvents events) {
        this.objects = objects;
        this.events = events;
    }

    /// @throws StripeError if there is none, or none any more
    ObjectNode living(String id) {
        ObjectNode customer = objects.get("customer", id);
        if (isDeleted(customer)) {
            throw StripeError.missing("customer", id);
        }
        return customer;
    }

    /// A customer with whom something can still be done.
    String living(Form form) {
        ObjectNode customer = objects.named("customer", form, "customer");
        String id = customer.path("id").asText();
        if (isDeleted(customer)) {
            throw StripeError.missing("customer", id, "customer");
        }
        return id;
    }

    static boolean isDeleted(JsonNode customer) {
        return customer.path("deleted").asBoolean();
    }

    ObjectNode create(Form form) {
        form.only(CUSTOMER);
        ObjectNode customer = objects.make(StripeObjects.id("cus"), "customer").put("balance", 0);
        customer.putNull("currency").put("delinquent", false);
        for (String name : List.of("name", "email", "description", "phone")) {
            customer.putNull(name);
        }
        customer.putNull("discount").put("invoice_prefix", "LOCAL").put("tax_exempt", "none");
        customer.set("metadata", Json.object());
        edit(customer, form);
        objects.put(customer);
        events.happened("customer.created", customer);
        return customer;
    }

    ObjectNode update(String id, Form form) {
        form.only(CUSTOMER);
        ObjectNode before = living(id);
        ObjectNode after = before.deepCopy();
        edit(after, form);
        objects.put(after);
        events.changed("customer.updated", before, after);
        return after;
    }

    /// Its id is remembered.
    ObjectNode delete(ObjectNode customer) {
        ObjectNode deleted = Json.object()
                .put("id", customer.path("id").asText())
                .put("object", "customer")
                .put("deleted", true);
        objects.put(deleted);
        events.happened("customer.deleted", customer);
        return deleted;
    }

    /// The currency of what a customer has subscribed to last is the customer's.
    void pays(String id, String currency) {
        ObjectNode before = living(id);
        ObjectNode after = before.deepCopy().put("currency", currency);
        objects.put(after);
        events.changed("customer.updated", before, after);
    }

    private static void edit(ObjectNode customer, Form form) {
        for (String name : List.of("name", "email", "description", "phone")) {
            form.text(name).ifPresent(text -> customer.put(name, text.isEmpty() ? null : text));
        }
        if (form.has("metadata")) {
            customer.set("metadata", form.metadata(customer.path("metadata")));
        }
    }

    ObjectNode list(Form form) {
        form.only(StripeObjects.with(StripeAnswers.PAGE, "email"));
        Optional<String> email = form.text("email");
        return StripeAnswers.page(
                "/v1/customers",
                livingCustomers().stream()
                        .filter(customer -> email.isEmpty()
                                || email.get().equals(customer.path("email").asText()))
                        .toList(),
                form);
    }

    /// Customers by metadata, name or address, as far as the search knows of them by now.
    ObjectNode search(Form form) {
        form.only("query", "limit", "page", "expand");
        String query = form.required("query");
        if (!QUERY.matcher(query).matches()) {
            throw StripeError.invalid(
                    "query",
                    "Only metadata['key']:'value', email:'…' and name:'…', joined by AND, are served locally.");
        }
        Map<String, String> wanted = new LinkedHashMap<>();
        Matcher clause = CLAUSE.matcher(query);
        while (clause.find()) {
            wanted.put(
                    clause.group(1) != null ? "/metadata/" + clause.group(1) : "/" + clause.group(2), clause.group(3));
        }
        long known = objects.now() - SEARCH_DELAY.toSeconds();
        return StripeAnswers.found(
                "/v1/customers/search",
                livingCustomers().stream()
                        .filter(customer -> customer.path("created").asLong() <= known)
                        .filter(customer -> wanted.entrySet().stream()
                                .allMatch(entry ->
                                        customer.at(entry.getKey()).asText().equals(entry.getValue())))
                        .toList(),
                form);
    }

    private List<ObjectNode> livingCustomers() {
        return objects.newestFirst("customer").stream()
                .filter(customer -> !isDeleted(customer))
                .toList();
    }
}
