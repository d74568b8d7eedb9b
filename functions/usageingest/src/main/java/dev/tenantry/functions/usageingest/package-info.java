/// Usage reports out of the queue.
@NullMarked
package dev.tenantry.functions.usageingest;

import org.jspecify.annotations.NullMarked;
