/// Who changed what, and when.
@NullMarked
package dev.tenantry.audit;

import org.jspecify.annotations.NullMarked;
