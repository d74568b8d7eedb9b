package dev.tenantry.functions.ips;

import dev.tenantry.addresses.IpBlock;
import dev.tenantry.http.Fields;
import dev.tenantry.ips.IpDescription;
import dev.tenantry.ips.IpEdit;
import dev.tenantry.ips.IpScope;
import dev.tenantry.ips.NewIp;
import dev.tenantry.text.Timestamp;
import java.util.List;

/// What a request says of an entry: `{ip, description?, scope?, expiresAt?}` of a new one, `{description?, expiresAt?}`
/// of one that is there.
final class IpBody {

    private static final List<String> READ_ONLY = List.of("id", "tenantId", "createdBy", "createdAt");

    /// What an entry lets in where stays as it is.
    private static final List<String> SETTLED = List.of("ip", "scope");

    private IpBody() {}

    static IpEdit edit(Fields body) {
        var description = body.nullable("description", IpDescription::new);
        var expiresAt = body.nullable("expiresAt", Timestamp::parse);
        body.readOnly(READ_ONLY);
        body.readOnly(SETTLED);
        return body.complete(() ->
                new IpEdit(description.get().clearingIf(text -> text.value().isEmpty()), expiresAt.get()));
    }

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
