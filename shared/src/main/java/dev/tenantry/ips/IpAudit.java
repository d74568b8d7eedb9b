package dev.tenantry.ips;

import dev.tenantry.storage.Row.Absent;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the audit trail tells of an entry.
final class IpAudit {

    /// As the API shows times: a whole second has its milliseconds, too.
    private static final DateTimeFormatter MILLISECONDS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private IpAudit() {}

    static Map<String, Object> values(IpEntry entry) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("ip", entry.block().value());
        values.put("scope", entry.scope().text());
        values.put("description", entry.description().<Object>map(IpDescription::value).orElse(Absent.NULL));
        values.put("expiresAt", entry.expiresAt().<Object>map(IpAudit::text).orElse(Absent.NULL));
        return values;
    }

    private static String text(Instant instant) {
        return MILLISECONDS.format(instant);
    }
}
