/// A simulated fleet of chargers, for demos and for a feeling of what many of them do.
@NullMarked
package dev.tenantry.local.fleet;

import org.jspecify.annotations.NullMarked;
