/// Usage as windows: by hour, day, week or month of a time zone.
@NullMarked
package dev.tenantry.metrics;

import org.jspecify.annotations.NullMarked;
