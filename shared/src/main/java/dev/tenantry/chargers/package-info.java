/// The chargers of a tenant: who they are, whether they may connect, whether they are connected.
@NullMarked
package dev.tenantry.chargers;

import org.jspecify.annotations.NullMarked;
