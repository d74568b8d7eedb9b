package dev.tenantry.functions.tenants;

import dev.tenantry.http.Fields;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.tenants.CustomDomain;
import dev.tenantry.tenants.NewTenant;
import dev.tenantry.tenants.TenantEdit;
import dev.tenantry.tenants.TenantName;
import java.util.List;

/// What requests say of a tenant.
final class TenantBody {

    private static final List<String> READ_ONLY = List.of(
            "id",
            "tenantId",
            "stripeCustomerId",
            "connectUrl",
            "customDomainStatus",
            "customDomainRecord",
            "suspendedAt",
            "createdAt",
            "updatedAt",
            "deletedAt");

    private TenantBody() {}

    static NewTenant create(Fields body) {
        var name = body.required("name", TenantName::new);
        var domainPrefix = body.required("domainPrefix", DomainPrefix::forNewTenant);
        body.readOnly(READ_ONLY);
        return body.complete(() -> new NewTenant(name.get(), domainPrefix.get()));
    }

    /// @param brokerDomain where no custom domain may lie
    static TenantEdit edit(Fields body, String brokerDomain) {
        var name = body.optional("name", TenantName::new);
        var customDomain = body.nullable("customDomain", text -> CustomDomain.wanted(text, brokerDomain));
        body.readOnly(READ_ONLY);
        body.readOnly(List.of("domainPrefix"));
        return body.complete(() -> new TenantEdit(name.get(), customDomain.get()));
    }
}
