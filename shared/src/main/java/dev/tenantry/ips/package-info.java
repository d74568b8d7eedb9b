/// Where a tenant's chargers may connect from, and where its people may call from.
@NullMarked
package dev.tenantry.ips;

import org.jspecify.annotations.NullMarked;
