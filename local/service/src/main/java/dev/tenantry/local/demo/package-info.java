/// A tenant to look at in the first five minutes.
@NullMarked
package dev.tenantry.local.demo;

import org.jspecify.annotations.NullMarked;
