package dev.tenantry.functions.audit;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.http.Query;
import dev.tenantry.identity.UserId;
import dev.tenantry.refusal.InvalidValue;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.text.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Which part of the audit trail is asked for.
///
/// @param from    inclusive
/// @param to      exclusive
/// @param actorId as entries have it
record AuditQuery(
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<AuditAction> action,
        Optional<String> actorId,
        PageRequest page) {

    private static final Set<String> SYSTEMS = Set.of("broker", "operator", "stripe");

    static AuditQuery read(Query query) {
        var from = query.optionalTime("from", Timestamp::parse);
        var to = query.optionalTime("to", Timestamp::parse);
        var action = query.optional("action", AuditQuery::action);
        var actorId = query.optional("actorId", AuditQuery::actorId);
        var page = query.page();
        if (query.isSound("from") && query.isSound("to")) {
            Optional<Instant> end = to.get();
            if (from.get()
                    .filter(start -> end.isPresent() && !start.isBefore(end.get()))
                    .isPresent()) {
                query.fault("from", "must be before ?to");
            }
        }
        return query.complete(() -> new AuditQuery(from.get(), to.get(), action.get(), actorId.get(), page.get()));
    }

    private static String actorId(String text) {
        if (SYSTEMS.contains(text)) {
            return text;
        }
        return UserId.of(text)
                .map(UserId::value)
                .orElseThrow(() -> new InvalidValue("must be a userId, or broker, stripe or operator"));
    }

    private static AuditAction action(String text) {
        return AuditAction.of(text)
                .orElseThrow(() -> new InvalidValue("must be an action of the audit trail, such as user.removed"));
    }
}
