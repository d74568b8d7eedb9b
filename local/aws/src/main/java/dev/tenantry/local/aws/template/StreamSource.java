package dev.tenantry.local.aws.template;

import java.util.List;
import java.util.Optional;

/// An event source of type `DynamoDB`: Lambda follows a table's stream and invokes a function with what it finds.
///
/// @param functionId      logical id of the function
/// @param table           name of the table
/// @param batchSize       most records of one invocation
/// @param partialFailures the function answers which records failed; otherwise all of a batch did, or none
/// @param bisect          a batch for which the function fails is divided
/// @param retries         how often a batch that failed is tried again; below 0 for as often as it takes
/// @param filters         patterns, of which a record must match one; all records if there is none
/// @param failures        logical id of the queue that is told of records that are given up
public record StreamSource(
        String functionId,
        String table,
        int batchSize,
        boolean partialFailures,
        boolean bisect,
        int retries,
        List<String> filters,
        Optional<String> failures) {

    public StreamSource {
        filters = List.copyOf(filters);
    }
}
