/// API Gateway events in, answers and problems out.
@NullMarked
package dev.tenantry.http;

import org.jspecify.annotations.NullMarked;
