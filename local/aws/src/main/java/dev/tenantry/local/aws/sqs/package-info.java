/// What Amazon SQS does, and what AWS Lambda does with it.
@NullMarked
package dev.tenantry.local.aws.sqs;

import org.jspecify.annotations.NullMarked;
