/// IP addresses, blocks of them, and who may pass by theirs.
@NullMarked
package dev.tenantry.addresses;

import org.jspecify.annotations.NullMarked;
