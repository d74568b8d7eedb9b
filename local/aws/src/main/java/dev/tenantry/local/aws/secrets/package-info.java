/// Secrets that are none.
@NullMarked
package dev.tenantry.local.aws.secrets;

import org.jspecify.annotations.NullMarked;
