/// What Amazon API Gateway does for an HTTP API: routes, CORS, the JWT authorizer, and payload format 2.0 both ways.
@NullMarked
package dev.tenantry.local.aws.gateway;

import org.jspecify.annotations.NullMarked;
