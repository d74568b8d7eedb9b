/// A tenant in numbers, kept in step with what they count.
@NullMarked
package dev.tenantry.stats;

import org.jspecify.annotations.NullMarked;
