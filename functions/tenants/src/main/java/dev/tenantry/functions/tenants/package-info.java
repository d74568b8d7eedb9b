/// The endpoints of tenants.
@NullMarked
package dev.tenantry.functions.tenants;

import org.jspecify.annotations.NullMarked;
