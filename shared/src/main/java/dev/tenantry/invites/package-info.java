/// How people are invited into a tenant.
@NullMarked
package dev.tenantry.invites;

import org.jspecify.annotations.NullMarked;
