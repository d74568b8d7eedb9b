/// What a tenant pays for, as Stripe tells it.
@NullMarked
package dev.tenantry.billing;

import org.jspecify.annotations.NullMarked;
