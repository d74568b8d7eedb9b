/// Mail that leaves the service and stays on this machine.
@NullMarked
package dev.tenantry.local.mail;

import org.jspecify.annotations.NullMarked;
