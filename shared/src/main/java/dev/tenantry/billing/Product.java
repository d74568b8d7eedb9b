package dev.tenantry.billing;

import java.util.Optional;

/// A product as Stripe has it.
///
/// @param id       Stripe's own
/// @param tenantry the number that the product's metadata gives it here
public record Product(String id, String name, Optional<Integer> tenantry) {

    /// Key of the metadata that holds a product's number.
    public static final String METADATA = "tenantry_product_id";
}
