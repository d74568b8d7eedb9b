package dev.tenantry.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import dev.tenantry.billing.Product;
import java.util.Map;
import java.util.Optional;

/// Reads a single product, and the numbers that metadata holds.
final class StripeProducts {

    private StripeProducts() {}

    /// Empty if there is none, or if it is not for us to read.
    static Optional<Product> product(StripeClient stripe, String id) throws StripeException {
        try {
            com.stripe.model.Product product = stripe.v1().products().retrieve(id);
            return Optional.of(new Product(
                    id,
                    product.getName(),
                    Optional.ofNullable(product.getMetadata()).flatMap(StripeProducts::number)));
        } catch (StripeException e) {
            if (isFinal(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// The number that a product's metadata gives it here.
    static Optional<Integer> number(Map<String, String> metadata) {
        return number(metadata, Product.METADATA);
    }

    /// A number from 1 on; empty for everything else.
    static Optional<Integer> number(Map<String, String> metadata, String key) {
        try {
            return Optional.ofNullable(metadata.get(key))
                    .map(text -> Integer.parseInt(text.strip()))
                    .filter(number -> number > 0);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /// Asking again gets the same answer: there is no such thing, or the key may not read it.
    private static boolean isFinal(StripeException failure) {
        int status = StripeCalls.status(failure);
        return status == 400 || status == 403 || status == 404;
    }
}
