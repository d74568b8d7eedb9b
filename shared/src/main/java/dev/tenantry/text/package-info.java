/// What text may be like, whatever it names, and how plain values are written.
@NullMarked
package dev.tenantry.text;

import org.jspecify.annotations.NullMarked;
