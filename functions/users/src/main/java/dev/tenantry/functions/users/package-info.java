/// The endpoints of a tenant's people.
@NullMarked
package dev.tenantry.functions.users;

import org.jspecify.annotations.NullMarked;
