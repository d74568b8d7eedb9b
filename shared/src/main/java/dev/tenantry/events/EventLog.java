package dev.tenantry.events;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.runtime.FunctionLog;
import dev.tenantry.runtime.FunctionLog.Kind;
import dev.tenantry.storage.Consumption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the log tells of an event.
final class EventLog {

    private EventLog() {}

    /// What is known of an event so far. Ids, counts and codes, never what a caller wrote.
    static final class Entry implements EventEntry {
        @Nullable
        String kind;

        @Nullable
        String tenant;

        @Nullable
        String code;

        @Nullable
        String reason;

        int attempts = 1;
        final Map<String, Long> counts = new LinkedHashMap<>();
        final Map<String, String> reasons = new LinkedHashMap<>();
        final List<Refused> refused = new ArrayList<>();

        @Override
        public void kind(String name) {
            kind = name;
        }

        @Override
        public void tenant(DomainPrefix prefix) {
            tenant = prefix.value();
        }

        @Override
        public void code(String word) {
            code = word;
        }

        @Override
        public void count(String metric, long number) {
            counts.merge(metric, number, Long::sum);
        }

        @Override
        public void reason(String metric, String words) {
            reasons.putIfAbsent(metric, words);
        }

        @Override
        public void refused(String messageId, String metric, String words) {
            count(metric, 1);
            reason(metric, words);
            refused.add(new Refused(messageId, metric, words));
        }
    }

    /// A message that is not taken.
    private record Refused(String messageId, String metric, String words) {}

    static void event(
            FunctionLog log, Entry entry, boolean error, String requestId, long nanos, Consumption consumption) {
        for (Refused refused : entry.refused) {
            log.refusal(requestId, refused.messageId(), refused.metric(), refused.words());
        }
        entry.count("faults", error ? 1 : 0);
        log.line(
                error,
                requestId,
                new Kind("event", entry.kind),
                json -> {
                    if (entry.tenant != null) {
                        json.writeStringField("tenant", entry.tenant);
                    }
                    if (entry.code != null) {
                        json.writeStringField("code", entry.code);
                    }
                    if (entry.reason != null) {
                        json.writeStringField("reason", entry.reason);
                    }
                    if (!entry.reasons.isEmpty()) {
                        json.writeObjectFieldStart("reasons");
                        for (Map.Entry<String, String> reason : entry.reasons.entrySet()) {
                            json.writeStringField(reason.getKey(), reason.getValue());
                        }
                        json.writeEndObject();
                    }
                    json.writeNumberField("attempts", entry.attempts);
                },
                nanos,
                consumption,
                entry.counts);
    }
}
