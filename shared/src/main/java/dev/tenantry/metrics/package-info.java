/// Usage as windows: by hour, day or month of a time zone.
@NullMarked
package dev.tenantry.metrics;

import org.jspecify.annotations.NullMarked;
