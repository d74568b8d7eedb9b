/// Who may touch which tenant, and the proof of it.
@NullMarked
package dev.tenantry.tenancy;

import org.jspecify.annotations.NullMarked;
