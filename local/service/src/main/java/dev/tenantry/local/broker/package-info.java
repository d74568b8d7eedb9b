/// A broker's side of the conversation with the charger connect function, in little: something to begin one's own from.
@NullMarked
package dev.tenantry.local.broker;

import org.jspecify.annotations.NullMarked;
