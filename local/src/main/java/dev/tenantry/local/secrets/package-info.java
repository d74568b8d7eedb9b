/// Secrets that are none.
@NullMarked
package dev.tenantry.local.secrets;

import org.jspecify.annotations.NullMarked;
