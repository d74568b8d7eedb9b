/// A Stripe that takes no money.
@NullMarked
package dev.tenantry.local.stripe;

import org.jspecify.annotations.NullMarked;
