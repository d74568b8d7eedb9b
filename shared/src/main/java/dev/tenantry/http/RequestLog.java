package dev.tenantry.http;

import dev.tenantry.runtime.FunctionLog;
import dev.tenantry.runtime.FunctionLog.Kind;
import dev.tenantry.storage.Consumption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the log tells of a request over HTTP.
final class RequestLog {

    /// Codes that say that somebody did as much as they may: many of them are somebody who tries what they may not.
    private static final List<String> LIMITS = List.of("limit_reached", "invite_too_soon", "invite_quota");

    private RequestLog() {}

    /// What is known of a request so far.
    static final class Entry {
        @Nullable
        String route;

        @Nullable
        String tenant;

        @Nullable
        String userId;

        @Nullable
        String code;

        @Nullable
        String reason;

        @Nullable
        String outcome;
        /// Metrics that this request counts one for.
        List<String> counts = List.of();
        /// What else it was about, by the field's name.
        Map<String, String> ids = Map.of();
        int attempts = 1;
    }

    static void request(
            FunctionLog log, Entry entry, String requestId, int status, long nanos, Consumption consumption) {
        log.line(
                status >= 500,
                requestId,
                new Kind("route", entry.route),
                json -> {
                    if (entry.tenant != null) {
                        json.writeStringField("tenant", entry.tenant);
                    }
                    if (entry.userId != null) {
                        json.writeStringField("userId", entry.userId);
                    }
                    for (Map.Entry<String, String> id : entry.ids.entrySet()) {
                        json.writeStringField(id.getKey(), id.getValue());
                    }
                    json.writeNumberField("status", status);
                    if (entry.code != null) {
                        json.writeStringField("code", entry.code);
                    }
                    if (entry.reason != null) {
                        json.writeStringField("reason", entry.reason);
                    }
                    if (entry.outcome != null) {
                        json.writeStringField("outcome", entry.outcome);
                    }
                    json.writeNumberField("attempts", entry.attempts);
                },
                nanos,
                consumption,
                counts(entry, status));
    }

    private static Map<String, Long> counts(Entry entry, int status) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (String count : entry.counts) {
            counts.put(count, 1L);
        }
        if (entry.code != null && LIMITS.contains(entry.code)) {
            counts.put("limitsReached", 1L);
        }
        counts.put("clientErrors", status >= 400 && status < 500 ? 1L : 0L);
        counts.put("serverErrors", status >= 500 ? 1L : 0L);
        return counts;
    }
}
