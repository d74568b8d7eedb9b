/// The tenants themselves.
@NullMarked
package dev.tenantry.tenants;

import org.jspecify.annotations.NullMarked;
