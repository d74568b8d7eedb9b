/// What a tenant has subscribed to, for everybody who must know: who bills it, and who would delete it.
@NullMarked
package dev.tenantry.subscriptions;

import org.jspecify.annotations.NullMarked;
