/// What can be subscribed to, the way to pay for it, and the way to the billing portal.
@NullMarked
package dev.tenantry.functions.billing;

import org.jspecify.annotations.NullMarked;
