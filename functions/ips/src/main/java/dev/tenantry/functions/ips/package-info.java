/// The endpoints of a tenant's IP allowlist.
@NullMarked
package dev.tenantry.functions.ips;

import org.jspecify.annotations.NullMarked;
