/// What only this package can read of its rows.
@NullMarked
package dev.tenantry.usage;

import org.jspecify.annotations.NullMarked;
