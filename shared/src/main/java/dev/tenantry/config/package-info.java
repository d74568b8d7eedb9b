/// What a deployment decides, read in one place.
@NullMarked
package dev.tenantry.config;

import org.jspecify.annotations.NullMarked;
