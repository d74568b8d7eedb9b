package dev.tenantry.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Price;
import com.stripe.model.Product;
import com.stripe.model.StripeCollection;
import com.stripe.param.PriceListParams;
import com.stripe.param.ProductListParams;
import dev.tenantry.billing.Offer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads what Stripe sells: active products, each with its price.
final class StripeOffers {

    private StripeOffers() {}

    /// In Stripe's order, which is the newest product first. Left out is what has no price for each unit and
    /// period: a price in tiers or by use is no number of cents, and such a subscription has no quantity.
    static List<Offer> all(StripeClient stripe) throws StripeException {
        Map<String, List<Price>> prices = new HashMap<>();
        for (StripeCollection<Price> page : StripeCalls.<Price>pages("prices", after -> {
            PriceListParams.Builder wanted = PriceListParams.builder()
                    .setActive(true)
                    .setType(PriceListParams.Type.RECURRING)
                    .setLimit(StripeCalls.PAGE_SIZE);
            after.ifPresent(wanted::setStartingAfter);
            return stripe.v1().prices().list(wanted.build());
        })) {
            for (Price price : page.getData()) {
                if (isFlat(price)) {
                    prices.computeIfAbsent(price.getProduct(), _ -> new ArrayList<>())
                            .add(price);
                }
            }
        }
        List<Offer> offers = new ArrayList<>();
        for (StripeCollection<Product> page : StripeCalls.<Product>pages("products", after -> {
            ProductListParams.Builder wanted =
                    ProductListParams.builder().setActive(true).setLimit(StripeCalls.PAGE_SIZE);
            after.ifPresent(wanted::setStartingAfter);
            return stripe.v1().products().list(wanted.build());
        })) {
            for (Product product : page.getData()) {
                price(product, prices.getOrDefault(product.getId(), List.of()))
                        .ifPresent(price -> offers.add(offer(product, price)));
            }
        }
        return offers;
    }

    /// The product's default price where it can be that, else the newest.
    private static Optional<Price> price(Product product, List<Price> prices) {
        return prices.stream()
                .filter(price -> price.getId().equals(product.getDefaultPrice()))
                .findFirst()
                .or(() -> prices.stream().findFirst());
    }

    private static boolean isFlat(Price price) {
        return price.getUnitAmount() != null
                && price.getTransformQuantity() == null
                && price.getRecurring() != null
                && "licensed".equals(price.getRecurring().getUsageType())
                && "per_unit".equals(price.getBillingScheme());
    }

    private static Offer offer(Product product, Price price) {
        Map<String, String> metadata = texts(product.getMetadata());
        return new Offer(
                product.getId(),
                product.getName(),
                Optional.ofNullable(product.getDescription()),
                StripeProducts.number(metadata),
                metadata,
                new Offer.Price(
                        price.getId(),
                        price.getUnitAmount(),
                        price.getCurrency(),
                        price.getRecurring().getInterval(),
                        price.getRecurring().getIntervalCount()),
                bounds(texts(price.getMetadata())));
    }

    /// Stripe's prices have no bounds, so they are in its metadata. What is no number there bounds nothing.
    private static Offer.Bounds bounds(Map<String, String> metadata) {
        long min = StripeProducts.number(metadata, Offer.MIN_QUANTITY).orElse(1);
        long max = StripeProducts.number(metadata, Offer.MAX_QUANTITY).orElse(Offer.MOST);
        return new Offer.Bounds(Math.min(min, max), Math.min(Math.max(min, max), Offer.MOST));
    }

    private static Map<String, String> texts(@Nullable Map<String, String> metadata) {
        return metadata == null ? Map.of() : metadata;
    }
}
