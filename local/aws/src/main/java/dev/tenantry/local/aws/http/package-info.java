/// The little HTTP that everything local is built on: requests, responses, and a server on loopback.
@NullMarked
package dev.tenantry.local.aws.http;

import org.jspecify.annotations.NullMarked;
