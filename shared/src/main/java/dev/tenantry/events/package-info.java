/// Functions that AWS or the broker invokes without HTTP.
@NullMarked
package dev.tenantry.events;

import org.jspecify.annotations.NullMarked;
