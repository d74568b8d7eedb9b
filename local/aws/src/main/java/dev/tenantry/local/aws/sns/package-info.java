/// Topics, and the functions that they invoke.
@NullMarked
package dev.tenantry.local.aws.sns;

import org.jspecify.annotations.NullMarked;
