/// The one DynamoDB table: its keys, its rows, its changes.
@NullMarked
package dev.tenantry.storage;

import org.jspecify.annotations.NullMarked;
