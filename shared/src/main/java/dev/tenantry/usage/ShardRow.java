package dev.tenantry.usage;

import dev.tenantry.storage.Row;

/// What lies at a place of a shard. Places sort by age.
sealed interface ShardRow permits UsageBatch, ShardRow.Unreadable {

    int shard();

    String position();

    /// What should be a batch and can't be read.
    ///
    /// @param row what is there instead
    /// @param why it can't be read
    record Unreadable(int shard, String position, Row row, RuntimeException why) implements ShardRow {}
}
