package dev.tenantry.billing;

import java.net.URI;
import java.util.Optional;

/// What an admin wants to subscribe to.
///
/// @param productId a number of this API
/// @param quantity  the least that can be bought if empty
/// @param returnUrl on one of the deployment's own origins
public record NewCheckout(int productId, Optional<Long> quantity, URI returnUrl) {}
