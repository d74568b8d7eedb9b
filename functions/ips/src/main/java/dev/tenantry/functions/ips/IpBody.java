package dev.tenantry.functions.ips;

import dev.tenantry.addresses.IpBlock;
import dev.tenantry.http.Fields;
import dev.tenantry.ips.IpDescription;
import dev.tenantry.ips.IpScope;
import dev.tenantry.ips.NewIp;
import dev.tenantry.text.Timestamp;
import java.util.List;

/// What a request says of a new entry: `{ip, description?, scope?, expiresAt?}`.
final class IpBody {

    private static final List<String> READ_ONLY = List.of("id", "tenantId", "createdBy", "createdAt");

    private IpBody() {}

    static NewIp read(Fields body) {
        var ip = body.required("ip", IpBlock::parse);
        var description = body.nullable("description", IpDescription::new);
        var scope = body.optional("scope", IpScope::of);
        var expiresAt = body.nullable("expiresAt", Timestamp::parse);
        body.readOnly(READ_ONLY);
        return body.complete(() -> new NewIp(
                ip.get(),
                // A form that was left empty says nothing.
                description.get().newValue().filter(text -> !text.value().isEmpty()),
                scope.get().orElse(IpScope.CHARGER),
                expiresAt.get().newValue()));
    }
}
