/// What tests of every module stand on: DynamoDB Local, a wired core, a clock, people and two tenants.
@NullMarked
package dev.tenantry.testing;

import org.jspecify.annotations.NullMarked;
