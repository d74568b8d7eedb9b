package dev.tenantry.local.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What an account sells: products and their prices (Stripe API reference, "Products", "Prices"). Not thread-safe:
/// [StripeAccount] has the lock.
final class StripeShop {

    private static final List<String> PRODUCT = List.of(
            "name",
            "description",
            "active",
            "metadata",
            "default_price",
            "unit_label",
            "statement_descriptor",
            "expand");

    private static final List<String> INTERVALS = List.of("day", "month", "week", "year");

    private final StripeObjects objects;
    private final StripeEvents events;

    StripeShop(StripeObjects objects, StripeEvents events) {
        this.objects = objects;
        this.events = events;
    }

    ObjectNode createProduct(Form form) {
        form.only(StripeObjects.with(PRODUCT, "id", "default_price_data"));
        Optional<String> id = form.text("id");
        if (id.filter(taken -> objects.find(taken).isPresent()).isPresent()) {
            throw StripeError.exists("Product");
        }
        form.required("name");
        Form price = form.form("default_price_data");
        ObjectNode product = objects.make(id.orElseGet(() -> StripeObjects.id("prod")), "product")
                .put("active", true)
                .putNull("default_price")
                .putNull("description");
        product.putArray("images");
        product.putArray("marketing_features");
        product.putNull("package_dimensions").putNull("shippable").putNull("statement_descriptor");
        product.putNull("tax_code").put("type", "service").putNull("unit_label").putNull("url");
        product.set("metadata", Json.object());
        edit(product, form);
        if (form.has("default_price_data")) {
            price.only("currency", "unit_amount", "recurring", "metadata");
            ObjectNode made = price(product.path("id").asText(), price);
            product.put("default_price", made.path("id").asText());
            objects.put(product);
            events.happened("product.created", product);
            objects.put(made);
            events.happened("price.created", made);
            return product;
        }
        objects.put(product);
        events.happened("product.created", product);
        return product;
    }

    ObjectNode updateProduct(String id, Form form) {
        form.only(PRODUCT);
        ObjectNode before = objects.get("product", id);
        ObjectNode after = before.deepCopy();
        edit(after, form);
        objects.put(after);
        events.changed("product.updated", before, after);
        return after;
    }

    private void edit(ObjectNode product, Form form) {
        form.text("name").ifPresent(name -> product.put("name", name));
        for (String name : List.of("description", "unit_label", "statement_descriptor")) {
            form.text(name).ifPresent(text -> product.put(name, text.isEmpty() ? null : text));
        }
        form.flag("active").ifPresent(active -> product.put("active", active));
        if (form.text("default_price").filter(String::isEmpty).isPresent()) {
            product.putNull("default_price");
        } else if (form.has("default_price")) {
            ObjectNode price = objects.named("price", form, "default_price");
            if (!price.path("product").equals(product.path("id"))) {
                throw StripeError.invalid("default_price", "The price must be one of this product's.");
            }
            product.put("default_price", price.path("id").asText());
        }
        if (form.has("metadata")) {
            product.set("metadata", form.metadata(product.path("metadata")));
        }
        product.put("updated", objects.now());
    }

    ObjectNode listProducts(Form form) {
        form.only(StripeObjects.with(StripeAnswers.PAGE, "active", "ids"));
        form.flag("active");
        List<String> ids = form.list("ids");
        return StripeAnswers.page(
                "/v1/products",
                objects.filtered("product", form, "active").stream()
                        .filter(product ->
                                ids.isEmpty() || ids.contains(product.path("id").asText()))
                        .toList(),
                form);
    }

    ObjectNode createPrice(Form form) {
        form.only(
                "currency",
                "unit_amount",
                "unit_amount_decimal",
                "product",
                "recurring",
                "billing_scheme",
                "nickname",
                "metadata",
                "lookup_key",
                "active",
                "expand");
        ObjectNode made =
                price(objects.named("product", form, "product").path("id").asText(), form);
        objects.put(made);
        events.happened("price.created", made);
        return made;
    }

    private ObjectNode price(String product, Form form) {
        String currency = form.required("currency");
        if (!currency.matches("[A-Za-z]{3}")) {
            throw StripeError.invalid(form.name("currency"), "Invalid currency: " + currency + ".");
        }
        form.oneOf("billing_scheme", List.of("per_unit"));
        Optional<Long> amount = form.number("unit_amount");
        Optional<String> decimal = form.text("unit_amount_decimal");
        if (amount.isEmpty() && decimal.isEmpty()) {
            throw StripeError.required(form.name("unit_amount"));
        }
        if (decimal.filter(text -> !text.matches("[0-9]{1,12}([.][0-9]{1,12})?"))
                .isPresent()) {
            throw StripeError.invalid(form.name("unit_amount_decimal"), "Invalid decimal: " + decimal.get());
        }
        Optional<Long> whole =
                amount.or(() -> decimal.filter(text -> text.indexOf('.') < 0).map(Long::valueOf));
        ObjectNode price = objects.make(StripeObjects.id("price"), "price")
                .put("active", form.flag("active").orElse(true))
                .put("billing_scheme", "per_unit")
                .put("currency", currency.toLowerCase(Locale.ROOT))
                .putNull("custom_unit_amount")
                .put("lookup_key", form.text("lookup_key").orElse(null));
        price.set("metadata", form.metadata(Json.object()));
        price.put("nickname", form.text("nickname").orElse(null)).put("product", product);
        price.set("recurring", recurring(form));
        price.put("tax_behavior", "unspecified").putNull("tiers_mode").putNull("transform_quantity");
        price.put("type", form.has("recurring") ? "recurring" : "one_time");
        price.put("unit_amount", whole.orElse(null));
        return price.put(
                "unit_amount_decimal",
                decimal.orElseGet(() -> amount.map(String::valueOf).orElseThrow()));
    }

    private static JsonNode recurring(Form form) {
        if (!form.has("recurring")) {
            return Json.object().nullNode();
        }
        Form given = form.form("recurring").only("interval", "interval_count", "usage_type", "meter");
        given.required("interval");
        String interval = given.oneOf("interval", INTERVALS).orElseThrow();
        String usage = given.oneOf("usage_type", List.of("licensed", "metered")).orElse("licensed");
        Optional<String> meter = given.text("meter");
        if (usage.equals("metered") && meter.isEmpty()) {
            throw StripeError.invalid(
                    given.name("meter"), "Metered prices must be backed by meters. Specify recurring[meter].");
        }
        long count = given.number("interval_count").orElse(1L);
        if (count < 1 || count > 36) {
            throw StripeError.invalid(given.name("interval_count"), "Invalid interval_count: must be 1 to 36.");
        }
        return Json.object()
                .put("interval", interval)
                .put("interval_count", count)
                .put("meter", meter.orElse(null))
                .putNull("trial_period_days")
                .put("usage_type", usage);
    }

    ObjectNode updatePrice(String id, Form form) {
        form.only("active", "metadata", "nickname", "lookup_key", "expand");
        ObjectNode before = objects.get("price", id);
        ObjectNode after = before.deepCopy();
        form.flag("active").ifPresent(active -> {
            if (!active
                    && objects.get("product", before.path("product").asText())
                            .path("default_price")
                            .asText()
                            .equals(id)) {
                throw StripeError.refused(
                        "This price cannot be archived because it is the default price of its product.");
            }
            after.put("active", active);
        });
        for (String name : List.of("nickname", "lookup_key")) {
            form.text(name).ifPresent(text -> after.put(name, text.isEmpty() ? null : text));
        }
        if (form.has("metadata")) {
            after.set("metadata", form.metadata(after.path("metadata")));
        }
        objects.put(after);
        events.changed("price.updated", before, after);
        return after;
    }

    ObjectNode listPrices(Form form) {
        form.only(StripeObjects.with(StripeAnswers.PAGE, "active", "product", "type", "currency"));
        form.flag("active");
        form.oneOf("type", List.of("one_time", "recurring"));
        if (form.has("product")) {
            objects.named("product", form, "product");
        }
        return StripeAnswers.page(
                "/v1/prices", objects.filtered("price", form, "product", "type", "currency", "active"), form);
    }

    /// A price that a subscription can have.
    ///
    /// @throws StripeError if there is none
    ObjectNode recurringPrice(Form form) {
        ObjectNode price = objects.named("price", form, "price");
        if (!price.path("active").asBoolean()) {
            throw StripeError.refused(
                    form.name("price"), "The price specified is inactive. This field only accepts active prices.");
        }
        if (!price.path("type").asText().equals("recurring")) {
            throw StripeError.refused(
                    form.name("price"),
                    "The price specified is set to `type=one_time` but this field only accepts prices with"
                            + " `type=recurring`.");
        }
        String product = price.path("product").asText();
        if (!objects.get("product", product).path("active").asBoolean()) {
            // It names no parameter.
            throw StripeError.refused("The price " + price.path("id").asText()
                    + " is not available, because its product " + product + " is marked as inactive.");
        }
        return price;
    }

    static boolean isMetered(ObjectNode price) {
        return price.at("/recurring/usage_type").asText().equals("metered");
    }
}
