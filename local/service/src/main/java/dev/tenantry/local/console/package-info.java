/// Serves the tenant console, as its files are uploaded elsewhere.
@NullMarked
package dev.tenantry.local.console;

import org.jspecify.annotations.NullMarked;
