package dev.tenantry.functions.ips;

import dev.tenantry.addresses.IpBlock;
import dev.tenantry.http.Fields;
import dev.tenantry.ips.IpDescription;
import dev.tenantry.ips.IpScope;
import dev.tenantry.ips.NewIp;
import dev.tenantry.refusal.InvalidValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// What a request says of a new entry: `{ip, description?, scope?, expiresAt?}`.
final class IpBody {

    private static final List<String> READ_ONLY = List.of("id", "tenantId", "createdBy", "createdAt");

    /// The last moment that has four digits in its year, as ISO 8601 times have.
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    private IpBody() {}

    static NewIp read(Fields body) {
        var ip = body.required("ip", IpBlock::parse);
        var description = body.nullable("description", IpDescription::new);
        var scope = body.optional("scope", IpScope::of);
        var expiresAt = body.nullable("expiresAt", IpBody::instant);
        body.readOnly(READ_ONLY);
        return body.complete(() -> new NewIp(
                ip.get(),
                // A form that was left empty says nothing.
                description.get().newValue().filter(text -> !text.value().isEmpty()),
                scope.get().orElse(IpScope.CHARGER),
                expiresAt.get().newValue()));
    }

    private static Instant instant(String text) {
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS);
            if (!instant.isAfter(LAST)) {
                return instant;
            }
        } catch (DateTimeException e) {
            // Falls through to the same answer: what is no time is none that an answer could show.
        }
        throw new InvalidValue(
                "must be an ISO 8601 time with Z or an offset, such as 2026-01-31T12:00:00.000Z, or null");
    }
}
