/// The endpoint of the subscription. It ships without Stripe's SDK.
@NullMarked
package dev.tenantry.functions.subscription;

import org.jspecify.annotations.NullMarked;
