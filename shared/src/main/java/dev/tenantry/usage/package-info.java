/// Usage: reports come in, chargers come and go, each is counted once, and days of quarter hours come of it.
@NullMarked
package dev.tenantry.usage;

import org.jspecify.annotations.NullMarked;
