/// The endpoints of a tenant's charger profiles.
@NullMarked
package dev.tenantry.functions.profiles;

import org.jspecify.annotations.NullMarked;
