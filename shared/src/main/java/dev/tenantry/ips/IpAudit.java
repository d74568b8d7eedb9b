package dev.tenantry.ips;

import dev.tenantry.text.Absent;
import dev.tenantry.text.Timestamp;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the audit trail tells of an entry.
final class IpAudit {

    private IpAudit() {}

    static Map<String, Object> values(IpEntry entry) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("ip", entry.block().value());
        values.put("scope", entry.scope().text());
        values.put(
                "description",
                entry.description().<Object>map(IpDescription::value).orElse(Absent.NULL));
        values.put("expiresAt", entry.expiresAt().<Object>map(Timestamp::of).orElse(Absent.NULL));
        return values;
    }

    /// Those values of the one entry that are others in the other.
    static Map<String, Object> differing(IpEntry one, IpEntry other) {
        Map<String, Object> values = values(one);
        values.entrySet().removeAll(values(other).entrySet());
        return values;
    }
}
