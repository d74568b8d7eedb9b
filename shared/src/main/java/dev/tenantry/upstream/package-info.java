/// Services that this one relies on, and how long it waits for them.
@NullMarked
package dev.tenantry.upstream;

import org.jspecify.annotations.NullMarked;
