/// The functions that `template.yaml` deploys, without a gateway: what they answer to events, what their policies and
/// their packages hold, and the promises between their descriptions.
@NullMarked
package dev.tenantry.tests.functions;

import org.jspecify.annotations.NullMarked;
