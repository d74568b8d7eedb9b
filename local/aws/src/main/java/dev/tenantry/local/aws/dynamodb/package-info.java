/// DynamoDB Local inside this process, with the tables of `template.yaml`.
@NullMarked
package dev.tenantry.local.aws.dynamodb;

import org.jspecify.annotations.NullMarked;
