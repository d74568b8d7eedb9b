/// Where Stripe tells of its events.
@NullMarked
package dev.tenantry.functions.webhook;

import org.jspecify.annotations.NullMarked;
