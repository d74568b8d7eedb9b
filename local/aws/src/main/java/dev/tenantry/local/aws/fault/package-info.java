/// Faults that a developer can order, to see what the service makes of them.
@NullMarked
package dev.tenantry.local.aws.fault;

import org.jspecify.annotations.NullMarked;
