package dev.tenantry.usage;

import static java.util.Objects.requireNonNull;

import dev.tenantry.tenancy.TenantDoors;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What rows hold of usage that was counted and not folded yet.
public final class WaitingUsage {

    private static final String BATCH = "USAGE_BATCH#";

    private WaitingUsage() {}

    /// Their sums, by the tenants' domain prefixes; of nobody whose sums are all zero.
    public static Map<String, Counters> byTenant(Collection<Map<String, AttributeValue>> rows) {
        Map<String, Counters> sums = new TreeMap<>();
        for (Map<String, AttributeValue> row : rows) {
            if (requireNonNull(row.get("SK")).s().startsWith(BATCH)) {
                UsageDelta delta =
                        UsageDelta.unpacked(requireNonNull(row.get("delta")).b().asByteArray());
                for (Counters counters : delta.quarters().values()) {
                    sums.merge(requireNonNull(row.get(TenantDoors.TENANT)).s(), counters, Counters::plus);
                }
            }
        }
        sums.values().removeIf(Counters.ZERO::equals);
        return sums;
    }
}
