/// The endpoints of invites.
@NullMarked
package dev.tenantry.functions.invites;

import org.jspecify.annotations.NullMarked;
