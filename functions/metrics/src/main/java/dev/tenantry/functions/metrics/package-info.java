/// The endpoints of a tenant's usage and statistics.
@NullMarked
package dev.tenantry.functions.metrics;

import org.jspecify.annotations.NullMarked;
