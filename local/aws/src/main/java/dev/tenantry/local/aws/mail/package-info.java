/// Mail that leaves the service and stays on this machine.
@NullMarked
package dev.tenantry.local.aws.mail;

import org.jspecify.annotations.NullMarked;
