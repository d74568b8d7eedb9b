/// The whole service on a developer's machine: the product's functions on what imitates AWS, offline.
@NullMarked
package dev.tenantry.local;

import org.jspecify.annotations.NullMarked;
