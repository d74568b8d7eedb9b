package dev.tenantry.billing;

import dev.tenantry.identity.DomainPrefix;
import java.net.URI;

/// What is to be paid for.
///
/// @param tenant    for whom, to be found again at Stripe
/// @param returnUrl where Stripe leads back to, whether it was paid or not
public record Order(DomainPrefix tenant, String stripePriceId, long quantity, URI returnUrl) {}
