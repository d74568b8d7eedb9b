/// Holds the service's answers against `openapi.yaml`.
@NullMarked
package dev.tenantry.tests.openapi;

import org.jspecify.annotations.NullMarked;
