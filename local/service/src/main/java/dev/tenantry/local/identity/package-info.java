/// A stand-in for the identity provider: signs people in, and issues the tokens that the gateway's authorizer verifies.
@NullMarked
package dev.tenantry.local.identity;

import org.jspecify.annotations.NullMarked;
