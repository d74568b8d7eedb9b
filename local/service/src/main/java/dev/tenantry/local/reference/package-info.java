/// The pages at `/docs`: the interactive API reference, and a tenant's usage in charts.
@NullMarked
package dev.tenantry.local.reference;

import org.jspecify.annotations.NullMarked;
