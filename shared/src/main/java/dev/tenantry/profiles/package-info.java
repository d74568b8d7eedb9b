/// Charger profiles: what a tenant's chargers have in common, and where their messages go.
@NullMarked
package dev.tenantry.profiles;

import org.jspecify.annotations.NullMarked;
