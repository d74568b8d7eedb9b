/// The interactive API reference at `/docs`.
@NullMarked
package dev.tenantry.local.reference;

import org.jspecify.annotations.NullMarked;
