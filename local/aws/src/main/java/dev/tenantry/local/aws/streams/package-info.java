/// What AWS Lambda does with the stream of a DynamoDB table.
@NullMarked
package dev.tenantry.local.aws.streams;

import org.jspecify.annotations.NullMarked;
