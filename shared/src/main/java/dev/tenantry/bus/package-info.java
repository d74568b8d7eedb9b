/// What is told to everybody who listens: the event bus, and what goes there.
@NullMarked
package dev.tenantry.bus;

import org.jspecify.annotations.NullMarked;
