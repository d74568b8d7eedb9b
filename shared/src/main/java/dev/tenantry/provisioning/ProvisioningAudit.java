package dev.tenantry.provisioning;

import dev.tenantry.profiles.ProvisioningWindow;
import dev.tenantry.text.Absent;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the audit trail tells of a window.
final class ProvisioningAudit {

    private ProvisioningAudit() {}

    static Map<String, Object> values(ProvisioningWindow window) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("profileId", window.profileId());
        values.put("startedAt", window.startedAt());
        values.put("expiresAt", window.validUntil());
        values.put("maxChargers", window.maxChargers().<Object>map(max -> max).orElse(Absent.NULL));
        return values;
    }
}
