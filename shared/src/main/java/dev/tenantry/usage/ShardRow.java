package dev.tenantry.usage;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.storage.Row;
import dev.tenantry.tenancy.TenantDoors;
import java.util.Optional;
import java.util.OptionalLong;

/// What lies at a place of a shard. Places sort by age.
sealed interface ShardRow permits UsageBatch, ShardRow.Unreadable {

    int shard();

    String position();

    /// What should be a batch and can't be read.
    ///
    /// @param row  what is there instead
    /// @param mark names the latest event in it, if it has that
    /// @param why  it can't be read
    record Unreadable(int shard, String position, Row row, OptionalLong mark, RuntimeException why)
            implements ShardRow {

        /// Whose usage it seems to be; empty if even that can't be read.
        Optional<DomainPrefix> tenant() {
            return row.optionalText(TenantDoors.TENANT).flatMap(DomainPrefix::inPath);
        }
    }
}
