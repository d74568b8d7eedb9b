/// What AWS Lambda does: deploys handlers with their environment, invokes them with a deadline, serves the Invoke API.
@NullMarked
package dev.tenantry.local.aws.lambda;

import org.jspecify.annotations.NullMarked;
