/// What imitates AWS, a package for each part of it, and why it does not start. It knows nothing of the product.
@NullMarked
package dev.tenantry.local.aws;

import org.jspecify.annotations.NullMarked;
