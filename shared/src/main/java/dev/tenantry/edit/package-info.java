/// What somebody wants to be different.
@NullMarked
package dev.tenantry.edit;

import org.jspecify.annotations.NullMarked;
