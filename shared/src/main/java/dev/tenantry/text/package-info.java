/// What text that people typed may be like, whatever it names.
@NullMarked
package dev.tenantry.text;

import org.jspecify.annotations.NullMarked;
