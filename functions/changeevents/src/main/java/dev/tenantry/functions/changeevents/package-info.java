/// The function that the table's stream invokes.
@NullMarked
package dev.tenantry.functions.changeevents;

import org.jspecify.annotations.NullMarked;
