/// Mail to people.
@NullMarked
package dev.tenantry.mail;

import org.jspecify.annotations.NullMarked;
