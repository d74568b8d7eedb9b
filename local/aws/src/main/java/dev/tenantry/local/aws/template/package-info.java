/// What the local service needs of `template.yaml`, with parameters, conditions and intrinsic functions resolved.
@NullMarked
package dev.tenantry.local.aws.template;

import org.jspecify.annotations.NullMarked;
