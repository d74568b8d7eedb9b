/// What the local service needs to know of `template.yaml`, with its parameters, conditions and intrinsic functions resolved.
@NullMarked
package dev.tenantry.local.template;

import org.jspecify.annotations.NullMarked;
