/// How a function's package is made.
@NullMarked
package dev.tenantry.packaging;

import org.jspecify.annotations.NullMarked;
