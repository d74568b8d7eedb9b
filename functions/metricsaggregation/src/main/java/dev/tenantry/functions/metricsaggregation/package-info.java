/// The scheduled aggregation of usage, and the operator's commands.
@NullMarked
package dev.tenantry.functions.metricsaggregation;

import org.jspecify.annotations.NullMarked;
