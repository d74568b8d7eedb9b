/// Provisioning mode: a window of time in which new chargers register themselves.
@NullMarked
package dev.tenantry.provisioning;

import org.jspecify.annotations.NullMarked;
