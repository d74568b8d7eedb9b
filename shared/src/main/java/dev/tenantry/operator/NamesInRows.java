package dev.tenantry.operator;

import dev.tenantry.audit.AuditStore;
import dev.tenantry.identity.EmailIdentity;
import dev.tenantry.identity.UserId;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Row;
import dev.tenantry.storage.Update;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where a tenant's rows name people, by user id or by address, and what stands there once they are erased:
/// [UserId#ERASED].
final class NamesInRows {

    private static final int UUID_LENGTH = 36;

    /// By kind (docs/model.md). Nowhere else is anything replaced: a name that somebody gave to a thing can be an
    /// address, and a row that is found by it would not be found any more.
    private static final Map<String, Set<String>> NAMING = Map.of(
            "AUDIT", Set.of("actorId", "events"),
            "AUDIT_BY_ACTION", Set.of("actorId", "events"),
            "IP", Set.of("createdBy"),
            "PROVISIONING", Set.of("startedBy"),
            "TENANT", Set.of("founder"));

    private final Set<UserId> people;
    private final Set<EmailIdentity> addresses;

    /// @param people    whose names go
    /// @param addresses which go, whoever has them
    NamesInRows(Set<UserId> people, Set<EmailIdentity> addresses) {
        this.people = people;
        this.addresses = addresses;
    }

    /// What takes the names out of a row, if it is still as it was read; empty if there are none in it.
    Optional<Update> removal(Row row) {
        Map<String, Object> changed = changed(row);
        if (changed.isEmpty()) {
            return Optional.empty();
        }
        Update update = Update.of(Keys.of(row)).replace(row, changed);
        AuditStore.forgetAddress(update, changed.keySet());
        return Optional.of(update);
    }

    private Map<String, Object> changed(Row row) {
        Map<String, Object> changed = new LinkedHashMap<>(row.replacing(this::forgotten));
        changed.keySet().retainAll(NAMING.getOrDefault(Keys.kind(row), Set.of()));
        return changed;
    }

    private String forgotten(String text) {
        boolean isTheirs = text.length() == UUID_LENGTH
                        && UserId.of(text).filter(people::contains).isPresent()
                || text.indexOf('@') > 0 && addresses.contains(EmailIdentity.of(text));
        return isTheirs ? UserId.ERASED.value() : text;
    }
}
