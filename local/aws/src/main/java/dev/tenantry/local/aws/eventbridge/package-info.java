/// What Amazon EventBridge does with the events that it is given, as far as one sees it here.
@NullMarked
package dev.tenantry.local.aws.eventbridge;

import org.jspecify.annotations.NullMarked;
