/// What an operator does with tenants and people (docs/adr/0034).
@NullMarked
package dev.tenantry.operator;

import org.jspecify.annotations.NullMarked;
