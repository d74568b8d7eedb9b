/// Idempotency records, so that a repeated POST changes nothing twice.
@NullMarked
package dev.tenantry.idempotency;

import org.jspecify.annotations.NullMarked;
