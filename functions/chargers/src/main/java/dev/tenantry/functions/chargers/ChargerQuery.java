package dev.tenantry.functions.chargers;

import dev.tenantry.chargers.ChargerFilter;
import dev.tenantry.http.Query;
import dev.tenantry.identity.IdentityPrefix;
import dev.tenantry.refusal.InvalidValue;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.text.PathId;

/// Which chargers a request wants to see: `identity`, `online`, `profileId`, `blocked`, and which page of them.
record ChargerQuery(ChargerFilter filter, PageRequest page) {

    static ChargerQuery read(Query query) {
        var identity = query.optional("identity", IdentityPrefix::new);
        var online = query.optional("online", ChargerQuery::flag);
        var profileId = query.optional("profileId", ChargerQuery::id);
        var blocked = query.optional("blocked", ChargerQuery::flag);
        var page = query.page();
        return query.complete(() -> new ChargerQuery(
                new ChargerFilter(identity.get(), online.get(), profileId.get(), blocked.get()), page.get()));
    }

    private static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidValue("must be true or false");
        };
    }

    private static long id(String text) {
        return PathId.inPath(text).orElseThrow(() -> new InvalidValue("must be the id of a profile, such as 1"));
    }
}
