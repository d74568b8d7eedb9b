/// The whole service, asked over HTTP as its callers ask it, and the promises between its parts.
@NullMarked
package dev.tenantry.local.service;

import org.jspecify.annotations.NullMarked;
