/// What the broker invokes whenever a charger connects, boots or disconnects.
@NullMarked
package dev.tenantry.functions.chargerconnect;

import org.jspecify.annotations.NullMarked;
