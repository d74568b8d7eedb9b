/// What became of mails that this service sent.
@NullMarked
package dev.tenantry.functions.mailevents;

import org.jspecify.annotations.NullMarked;
