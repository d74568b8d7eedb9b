/// What the domain name system (DNS) says, and the one place that asks it.
@NullMarked
package dev.tenantry.dns;

import org.jspecify.annotations.NullMarked;
