/// The endpoints of a tenant's chargers and of provisioning mode.
@NullMarked
package dev.tenantry.functions.chargers;

import org.jspecify.annotations.NullMarked;
