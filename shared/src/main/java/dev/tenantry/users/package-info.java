/// A tenant's people and their roles.
@NullMarked
package dev.tenantry.users;

import org.jspecify.annotations.NullMarked;
