/// Every way in which the service says no.
@NullMarked
package dev.tenantry.refusal;

import org.jspecify.annotations.NullMarked;
