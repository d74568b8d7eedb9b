/// Usage: samples come in, each is counted once, days of quarter hours come of it.
@NullMarked
package dev.tenantry.usage;

import org.jspecify.annotations.NullMarked;
