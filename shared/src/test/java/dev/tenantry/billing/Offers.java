package dev.tenantry.billing;

import java.util.Map;
import java.util.Optional;

/// Things for sale.
final class Offers {

    private Offers() {}

    static Offer numbered(String product, int number) {
        return numbered(product, number, 1, Offer.MOST);
    }

    static Offer numbered(String product, int number, long min, long max) {
        return offer(product, Optional.of(number), min, max);
    }

    static Offer without(String product) {
        return offer(product, Optional.empty(), 1, Offer.MOST);
    }

    private static Offer offer(String product, Optional<Integer> number, long min, long max) {
        return new Offer(
                product,
                "Name of " + product,
                Optional.empty(),
                number,
                Map.of(),
                new Offer.Price("price_of_" + product, 900, "eur", "month", 1),
                new Offer.Bounds(min, max));
    }
}
