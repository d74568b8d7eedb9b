package dev.tenantry.tenants;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.identity.HostName;
import dev.tenantry.identity.TenantId;
import dev.tenantry.refusal.Refusal.DomainPrefixTaken;
import dev.tenantry.refusal.Refusal.DomainTaken;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Check;
import dev.tenantry.storage.Delete;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Lookup;
import dev.tenantry.storage.Put;
import dev.tenantry.storage.Row;
import dev.tenantry.storage.Update;
import dev.tenantry.tenancy.Gate;
import dev.tenantry.tenancy.TenantDoors;
import dev.tenantry.tenancy.TenantScope;
import java.time.Instant;
import java.util.Optional;
import javax.inject.Inject;

/// The rows of tenants.
public final class TenantStore {

    private static final String NAME = "name";
    private static final String DOMAIN_PREFIX = "domainPrefix";
    private static final String STRIPE_CUSTOMER_ID = "stripeCustomerId";
    private static final String CUSTOM_DOMAIN = "customDomain";
    private static final String VERIFIED_HOST = "verifiedHost";
    private static final String CREATED_AT = "createdAt";
    private static final String UPDATED_AT = "updatedAt";
    private static final String VERSION = "version";

    private static final Lookup<Tenant> TENANT = Lookup.of(Keys::tenant, TenantStore::read);

    @Inject
    TenantStore() {}

    /// The tenant, which every door has read already.
    public Tenant tenant(TenantScope scope) {
        return scope.found(TENANT).orElseThrow();
    }

    /// Adds the founding of a tenant to a change: refused with [DomainPrefixTaken] if its prefix was ever given
    /// out.
    public void create(Change change, TenantScope scope, Tenant tenant) {
        change.with(Put.newRow(
                        Keys.tenant(scope),
                        Row.with()
                                .number(Gate.ID, tenant.id().value())
                                .text(NAME, tenant.name().value())
                                .text(DOMAIN_PREFIX, tenant.domainPrefix().value())
                                .instant(CREATED_AT, tenant.createdAt())
                                .instant(UPDATED_AT, tenant.updatedAt())
                                .number(VERSION, tenant.version())
                                .row())
                .orElse(() -> new DomainPrefixTaken(tenant.domainPrefix().value())));
        // Two tenants that drew the same number meet here; one of them draws again.
        change.with(Put.newRow(
                Keys.tenantId(tenant.id()),
                Row.with().text(DOMAIN_PREFIX, tenant.domainPrefix().value()).row()));
    }

    /// Adds to a change that the tenant becomes what `to` says, if it still is what `from` says. A host that was
    /// proven and is given up is free for whoever proves it next.
    public void update(Change change, TenantScope scope, Tenant from, Tenant to) {
        Update update = unchangedSince(from, scope)
                .set(NAME, to.name().value())
                .set(UPDATED_AT, to.updatedAt())
                .set(VERSION, to.version());
        to.customDomain()
                .ifPresentOrElse(
                        domain -> update.set(CUSTOM_DOMAIN, domain.value()), () -> update.remove(CUSTOM_DOMAIN));
        // What was proven is no part of the version: it can come about between reading and writing.
        provenAsIn(from, update);
        if (!to.verifiedHost().equals(from.verifiedHost())) {
            update.remove(VERIFIED_HOST);
            free(change, scope, from);
        }
        change.with(update);
    }

    /// Adds to a change that the host of the tenant's custom domain is proven to be its own, if that still is its
    /// custom domain: refused with [DomainTaken] if another tenant proved it first.
    public void verify(Change change, TenantScope scope, Tenant from, Tenant to) {
        HostName host = to.verifiedHost().orElseThrow();
        change.with(provenAsIn(from, unchangedSince(from, scope))
                .set(VERIFIED_HOST, host.value())
                .set(UPDATED_AT, to.updatedAt()));
        change.with(Put.newOrWith(
                        Keys.domain(host),
                        Row.with()
                                .text(TenantDoors.TENANT, scope.tenant().value())
                                .row(),
                        TenantDoors.TENANT,
                        scope.tenant().value())
                .orElse(() -> new DomainTaken(host.value())));
    }

    /// Adds to a change that this customer at Stripe stands for the tenant from now on. It is one customer for one
    /// tenant: if either is taken meanwhile, the change meets a conflict. A customer that stood for the tenant
    /// before still leads to it: what comes late for that one is the tenant's business.
    public void assignCustomer(Change change, TenantScope scope, Tenant tenant, String customerId) {
        Update update = unchangedSince(tenant, scope);
        tenant.stripeCustomerId()
                .ifPresentOrElse(
                        before -> update.is(STRIPE_CUSTOMER_ID, before), () -> update.isAbsent(STRIPE_CUSTOMER_ID));
        change.with(update.set(STRIPE_CUSTOMER_ID, customerId)
                .set(UPDATED_AT, scope.now())
                .set(VERSION, tenant.version() + 1));
        change.with(Put.newRow(
                Keys.stripeCustomer(customerId),
                Row.with().text(TenantDoors.TENANT, scope.tenant().value()).row()));
    }

    /// Adds to a change that the same customer at Stripe still stands for the tenant as when it was read. A door
    /// reads its rows one by one, so this one can be older than the others.
    public void keepCustomer(Change change, TenantScope scope, String customerId) {
        change.with(Check.that(Keys.tenant(scope)).isAbsent(Gate.DELETED_AT).is(STRIPE_CUSTOMER_ID, customerId));
    }

    /// Adds to a change that the tenant is deleted from `now` on. Its row stays, and with it the claim to its
    /// prefix; the host that it proved is free, so that whoever restores the tenant has to prove it again.
    public void delete(Change change, TenantScope scope, Tenant tenant, Instant now) {
        change.with(provenAsIn(tenant, unchangedSince(tenant, scope))
                .set(Gate.DELETED_AT, now)
                .remove(VERIFIED_HOST)
                .set(UPDATED_AT, now)
                .set(VERSION, tenant.version() + 1));
        free(change, scope, tenant);
    }

    private static void free(Change change, TenantScope scope, Tenant tenant) {
        tenant.verifiedHost()
                .ifPresent(host -> change.with(Delete.of(Keys.domain(host))
                        .is(TenantDoors.TENANT, scope.tenant().value())));
    }

    private static Update provenAsIn(Tenant tenant, Update update) {
        Optional<HostName> host = tenant.verifiedHost();
        return host.isPresent() ? update.is(VERIFIED_HOST, host.get().value()) : update.isAbsent(VERIFIED_HOST);
    }

    // The version alone says that the tenant is open: deleting it moved the version on.
    private static Update unchangedSince(Tenant tenant, TenantScope scope) {
        return Update.of(Keys.tenant(scope)).is(VERSION, tenant.version());
    }

    private static Tenant read(Row row) {
        return new Tenant(
                new TenantId((int) row.number(Gate.ID)),
                new TenantName(row.text(NAME)),
                new DomainPrefix(row.text(DOMAIN_PREFIX)),
                row.optionalText(STRIPE_CUSTOMER_ID),
                row.optionalText(CUSTOM_DOMAIN).map(CustomDomain::new),
                row.optionalText(VERIFIED_HOST).map(HostName::new),
                row.instant(CREATED_AT),
                row.instant(UPDATED_AT),
                row.number(VERSION));
    }
}
