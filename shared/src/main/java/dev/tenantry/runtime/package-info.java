/// What every Lambda function is, whoever invokes it.
@NullMarked
package dev.tenantry.runtime;

import org.jspecify.annotations.NullMarked;
