package dev.tenantry.billing;

import dev.tenantry.refusal.InvalidValue;
import java.util.Map;
import java.util.Optional;

/// Something that Stripe sells by subscription, at its price.
///
/// @param stripeProductId Stripe's id of the product
/// @param number          that the product's metadata gives it here
/// @param metadata        of the product
public record Offer(
        String stripeProductId,
        String name,
        Optional<String> description,
        Optional<Integer> number,
        Map<String, String> metadata,
        Price price,
        Bounds quantities) {

    /// Key of a product's metadata that holds what to call it before people, where that is not its name.
    public static final String DISPLAY_NAME = "tenantry_display_name";

    /// Keys of a price's metadata that bound how many can be bought at once.
    public static final String MIN_QUANTITY = "tenantry_min_quantity";

    public static final String MAX_QUANTITY = "tenantry_max_quantity";

    /// The most that Stripe Checkout takes (Stripe API reference, "Create a Checkout Session": adjustable
    /// quantity).
    public static final int MOST = 999_999;

    /// What one of it costs.
    ///
    /// @param amount        in the currency's smallest unit
    /// @param currency      as three lower-case letters (ISO 4217)
    /// @param interval      `day`, `week`, `month` or `year`
    /// @param intervalCount how many of them one payment is for
    public record Price(String id, long amount, String currency, String interval, long intervalCount) {}

    /// How many can be bought at once.
    public record Bounds(long min, long max) {

        /// @throws InvalidValue if it is less or more
        long checked(long quantity) {
            if (quantity < min || quantity > max) {
                throw new InvalidValue("must be " + min + " to " + max);
            }
            return quantity;
        }
    }

    public Offer {
        metadata = Map.copyOf(metadata);
    }

    /// What to call it before people.
    public String displayName() {
        return Optional.ofNullable(metadata.get(DISPLAY_NAME))
                .filter(text -> !text.isBlank())
                .orElse(name);
    }
}
