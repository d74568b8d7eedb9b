/// Holds the service's answers against `openapi.yaml`.
@NullMarked
package dev.tenantry.local.openapi;

import org.jspecify.annotations.NullMarked;
