/// The endpoint of the audit trail.
@NullMarked
package dev.tenantry.functions.audit;

import org.jspecify.annotations.NullMarked;
