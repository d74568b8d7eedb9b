/// The one place that knows Stripe's SDK.
@NullMarked
package dev.tenantry.stripe;

import org.jspecify.annotations.NullMarked;
