/// What no route matches.
@NullMarked
package dev.tenantry.functions.fallback;

import org.jspecify.annotations.NullMarked;
