/// The way to the billing portal.
@NullMarked
package dev.tenantry.functions.billing;

import org.jspecify.annotations.NullMarked;
