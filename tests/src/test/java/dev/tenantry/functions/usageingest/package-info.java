/// What the ingest function costs.
@NullMarked
package dev.tenantry.functions.usageingest;

import org.jspecify.annotations.NullMarked;
