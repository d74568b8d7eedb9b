/// What identifies a tenant, a person, a charger.
@NullMarked
package dev.tenantry.identity;

import org.jspecify.annotations.NullMarked;
