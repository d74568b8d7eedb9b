/// A name server for TXT records that a developer writes.
@NullMarked
package dev.tenantry.local.aws.dns;

import org.jspecify.annotations.NullMarked;
