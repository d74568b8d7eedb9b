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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what Stripe sells and has a number here: active products, each with its price.
final class StripeOffers {

    private StripeOffers() {}

    /// In Stripe's order, which is the newest product first. Left out is what has no number, and what has no price
    /// for each unit and period: a price in tiers or by use is no number of cents, and such a subscription has no
    /// quantity.
    ///
    /// @param numbered Stripe's ids of products that have a number without saying so themselves
    static List<Offer> all(StripeClient stripe, Set<String> numbered) throws StripeException {
        List<Offer> offers = new ArrayList<>();
        for (StripeCollection<Product> page : StripeCalls.<Product>pages("products", after -> {
            ProductListParams.Builder wanted = ProductListParams.builder()
                    .setActive(true)
                    .addExpand("data.default_price")
                    .setLimit(StripeCalls.PAGE_SIZE);
            after.ifPresent(wanted::setStartingAfter);
            return stripe.v1().products().list(wanted.build());
        })) {
            for (Product product : page.getData()) {
                if (numbered.contains(product.getId())
                        || StripeProducts.number(texts(product.getMetadata())).isPresent()) {
                    price(stripe, product).ifPresent(price -> offers.add(offer(product, price)));
                }
            }
        }
        return offers;
    }

    /// The product's default price where it can be that, else the newest. An account may have a great many prices,
    /// so they are asked for only where the default can't be taken.
    private static Optional<Price> price(StripeClient stripe, Product product) throws StripeException {
        Optional<Price> byDefault = Optional.ofNullable(product.getDefaultPriceObject())
                .filter(price -> Boolean.TRUE.equals(price.getActive()) && isOffered(price));
        if (byDefault.isPresent()) {
            return byDefault;
        }
        return StripeCalls.<Price>pages("prices of a product", after -> {
                    PriceListParams.Builder wanted = PriceListParams.builder()
                            .setProduct(product.getId())
                            .setActive(true)
                            .setType(PriceListParams.Type.RECURRING)
                            .setLimit(StripeCalls.PAGE_SIZE);
                    after.ifPresent(wanted::setStartingAfter);
                    return stripe.v1().prices().list(wanted.build());
                })
                .stream()
                .flatMap(page -> page.getData().stream())
                .filter(StripeOffers::isOffered)
                .findFirst();
    }

    private static boolean isOffered(Price price) {
        return isFlat(price) && bounds(price).isPresent();
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
                bounds(price).orElseThrow());
    }

    /// Stripe's prices have no bounds, so they are in its metadata. What is no number there bounds nothing. Empty
    /// if they leave no number.
    private static Optional<Offer.Bounds> bounds(Price price) {
        Map<String, String> metadata = texts(price.getMetadata());
        long min = StripeProducts.number(metadata, Offer.MIN_QUANTITY).orElse(1);
        long max = Math.min(StripeProducts.number(metadata, Offer.MAX_QUANTITY).orElse(Offer.MOST), Offer.MOST);
        return min > max ? Optional.empty() : Optional.of(new Offer.Bounds(min, max));
    }

    private static Map<String, String> texts(@Nullable Map<String, String> metadata) {
        return metadata == null ? Map.of() : metadata;
    }
}
