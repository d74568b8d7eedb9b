package dev.tenantry.functions.billing;

import dev.tenantry.billing.NewCheckout;
import dev.tenantry.billing.Offer;
import dev.tenantry.http.Fields;
import dev.tenantry.refusal.InvalidValue;
import java.net.URI;
import java.util.function.Function;

/// What a request says of what to subscribe to.
final class CheckoutBody {

    private CheckoutBody() {}

    static NewCheckout create(Fields body, Function<String, URI> type) {
        var product = body.requiredInteger("productId", number -> (int) within(number, Integer.MAX_VALUE));
        var quantity = body.optionalInteger("quantity", number -> within(number, Offer.MOST));
        var returnUrl = body.required("returnUrl", type);
        return body.complete(() -> new NewCheckout(product.get(), quantity.get(), returnUrl.get()));
    }

    private static long within(long number, long most) {
        if (number < 1 || number > most) {
            throw new InvalidValue("must be 1 to " + most);
        }
        return number;
    }
}
