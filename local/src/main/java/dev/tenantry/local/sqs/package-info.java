/// What Amazon SQS does, and what AWS Lambda does with it.
@NullMarked
package dev.tenantry.local.sqs;

import org.jspecify.annotations.NullMarked;
