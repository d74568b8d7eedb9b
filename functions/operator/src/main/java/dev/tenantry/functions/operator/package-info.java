/// The function of the operator's commands.
@NullMarked
package dev.tenantry.functions.operator;

import org.jspecify.annotations.NullMarked;
