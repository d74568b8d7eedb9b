package dev.tenantry.local.aws.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An `AWS::DynamoDB::Table`.
///
/// @param name                its name, which is its logical id unless the template gives another
/// @param attributeTypes      `S`, `N` or `B` by attribute name
/// @param keys                the table's own key
/// @param indexes             global and local secondary indexes
/// @param timeToLiveAttribute the attribute by which items expire
/// @param streamView          what its stream tells of a change, such as `NEW_IMAGE`; empty if it has no stream
public record TableDefinition(
        String name,
        Map<String, String> attributeTypes,
        List<Key> keys,
        List<Index> indexes,
        Optional<String> timeToLiveAttribute,
        Optional<String> streamView) {

    public TableDefinition {
        attributeTypes = Map.copyOf(attributeTypes);
        keys = List.copyOf(keys);
        indexes = List.copyOf(indexes);
    }

    /// One attribute of a key.
    ///
    /// @param type `HASH` or `RANGE`
    public record Key(String attribute, String type) {}

    /// A secondary index.
    ///
    /// @param projection `ALL`, `KEYS_ONLY` or `INCLUDE`
    /// @param included   the non-key attributes of an `INCLUDE` projection
    public record Index(String name, boolean global, List<Key> keys, String projection, List<String> included) {
        public Index {
            keys = List.copyOf(keys);
            included = List.copyOf(included);
        }
    }
}
