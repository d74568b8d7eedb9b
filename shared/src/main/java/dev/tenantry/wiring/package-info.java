/// How the core is put together: clients of AWS and Stripe within their time, the clock, chance.
@NullMarked
package dev.tenantry.wiring;

import org.jspecify.annotations.NullMarked;
