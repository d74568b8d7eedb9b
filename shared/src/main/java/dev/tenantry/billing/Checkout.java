package dev.tenantry.billing;

import java.net.URI;

/// What came of asking Stripe for a page to pay on.
public sealed interface Checkout {

    /// The page is open.
    ///
    /// @param url its address, a short-lived secret
    record Open(URI url) implements Checkout {}

    /// The customer was deleted.
    record CustomerGone() implements Checkout {}

    /// Something of the customer's is in another currency, and Stripe lets nobody have two at a time.
    record OtherCurrency() implements Checkout {}

    /// Stripe sells nothing at this price, most likely because it or its product was archived.
    ///
    /// @param reason for the operator's log
    record Declined(String reason) implements Checkout {}
}
