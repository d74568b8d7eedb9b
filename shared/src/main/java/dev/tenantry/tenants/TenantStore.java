package dev.tenantry.tenants;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.identity.HostName;
import dev.tenantry.identity.TenantId;
import dev.tenantry.identity.UserId;
import dev.tenantry.refusal.Refusal.DomainPrefixTaken;
import dev.tenantry.refusal.Refusal.DomainTaken;
import dev.tenantry.refusal.Refusal.TooManyTenants;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Check;
import dev.tenantry.storage.Delete;
import dev.tenantry.storage.Key;
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
    private static final String FOUNDER = "founder";

    /// Attribute of the row that counts the tenants of a person: how many.
    private static final String TENANTS = "tenants";

    private static final Lookup<Tenant> TENANT = Lookup.of(Keys::tenant, TenantStore::read);

    private static final Lookup<Instant> DELETED_AT =
            Lookup.maybe(Keys::tenant, row -> row.optionalInstant(Gate.DELETED_AT));

    private static final Lookup<Instant> PURGING_SINCE =
            Lookup.maybe(Keys::tenant, row -> row.optionalInstant(Gate.PURGING_SINCE));

    /// For whom the tenant counts.
    private static final Lookup<UserId> COUNTED_FOR = Lookup.maybe(
            Keys::tenant, row -> row.optionalText(FOUNDER).map(UserId::new).filter(UserId::isPerson));

    @Inject
    TenantStore() {}

    /// The tenant, which every door has read already.
    public Tenant tenant(TenantScope scope) {
        return scope.found(TENANT).orElseThrow();
    }

    /// Adds the founding of a tenant to a change: refused with [DomainPrefixTaken] if its prefix was ever given
    /// out.
    ///
    /// @param founder for whom it counts; empty if for nobody
    public void create(Change change, TenantScope scope, Tenant tenant, Optional<UserId> founder) {
        change.with(Put.newRow(
                        Keys.tenant(scope),
                        Row.with()
                                .number(Gate.ID, tenant.id().value())
                                .text(NAME, tenant.name().value())
                                .text(DOMAIN_PREFIX, tenant.domainPrefix().value())
                                .instant(CREATED_AT, tenant.createdAt())
                                .instant(UPDATED_AT, tenant.updatedAt())
                                .number(VERSION, tenant.version())
                                .text(FOUNDER, founder.map(UserId::value))
                                .row())
                .orElse(() -> new DomainPrefixTaken(tenant.domainPrefix().value())));
        change.with(Put.newOrWith(
                Keys.listed(scope),
                Row.with().text(TenantDoors.TENANT, scope.tenant().value()).row(),
                TenantDoors.TENANT,
                scope.tenant().value()));
        // Two tenants that drew the same number meet here; one of them draws again.
        change.with(Put.newRow(
                Keys.tenantId(tenant.id()),
                Row.with().text(DOMAIN_PREFIX, tenant.domainPrefix().value()).row()));
    }

    /// Adds to a change that a person has created one more tenant: refused with [TooManyTenants] if they have as
    /// many as they may have. The condition is on the count itself, so it holds for whatever else happens at the
    /// same time.
    public void count(Change change, UserId founder, int most) {
        change.with(Update.of(Keys.founded(founder))
                .isNewOrAtMost(TENANTS, most - 1L)
                .add(TENANTS, 1)
                .orElse(() -> new TooManyTenants(most)));
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
        change.with(Put.newRow(
                Keys.customer(scope, customerId),
                Row.with().text(STRIPE_CUSTOMER_ID, customerId).row()));
    }

    /// Adds to a change that the same customer at Stripe still stands for the tenant as when it was read. A door
    /// reads its rows one by one, so this one can be older than the others.
    public void keepCustomer(Change change, TenantScope scope, String customerId) {
        change.with(Check.that(Keys.tenant(scope)).isAbsent(Gate.DELETED_AT).is(STRIPE_CUSTOMER_ID, customerId));
    }

    /// Adds to a change that the tenant is suspended from now on, or no more, as `to` says.
    public void suspend(Change change, TenantScope scope, Tenant from, Tenant to) {
        Update update = Gate.release(provenAsIn(from, unchangedSince(from, scope)))
                .set(UPDATED_AT, to.updatedAt())
                .set(VERSION, to.version());
        to.suspendedAt()
                .ifPresentOrElse(
                        since -> {
                            update.set(Gate.SUSPENDED_AT, since);
                            Gate.close(change, scope, Gate.SUSPENDED_AT, since);
                        },
                        () -> {
                            update.remove(Gate.SUSPENDED_AT);
                            Gate.open(change, scope, Gate.SUSPENDED_AT);
                        });
        change.with(update.isAbsent(Gate.DELETED_AT));
    }

    /// Adds to a change that nobody's address is asked for any more when the tenant's people call, until they
    /// change their allowlist for the API the next time.
    public void openApi(Change change, TenantScope scope) {
        Gate.admitEveryone(change, scope);
    }

    /// Adds to a change that the tenant is deleted from `now` on. Its row stays, and with it the claim to its
    /// prefix; the host that it proved is free, so that whoever restores the tenant has to prove it again.
    public void delete(Change change, TenantScope scope, Tenant tenant, Instant now) {
        change.with(countedAsRead(scope, Gate.release(provenAsIn(tenant, unchangedSince(tenant, scope))))
                .set(Gate.DELETED_AT, now)
                .remove(VERIFIED_HOST)
                .set(UPDATED_AT, now)
                .set(VERSION, tenant.version() + 1));
        founder(scope)
                .ifPresent(
                        founder -> change.with(Update.of(Keys.founded(founder)).add(TENANTS, -1)));
        change.with(Put.newRow(
                Keys.deleted(scope, now),
                Row.with().text(TenantDoors.TENANT, scope.tenant().value()).row()));
        Gate.close(change, scope, Gate.DELETED_AT, now);
        free(change, scope, tenant);
    }

    /// When a deleted tenant was deleted.
    public Optional<Instant> deletedAt(TenantScope scope) {
        return scope.found(DELETED_AT);
    }

    /// Adds to a change that a deleted tenant is back as it was, but for its host. It counts for its founder again,
    /// whatever they may have created meanwhile.
    public void restore(Change change, TenantScope scope, Tenant tenant, Instant deletedAt) {
        change.with(countedAsRead(scope, unchangedSince(tenant, scope))
                .is(Gate.DELETED_AT, deletedAt.toString())
                .isAbsent(Gate.PURGING_SINCE)
                .remove(Gate.DELETED_AT)
                .set(UPDATED_AT, scope.now())
                .set(VERSION, tenant.version() + 1));
        founder(scope)
                .ifPresent(
                        founder -> change.with(Update.of(Keys.founded(founder)).add(TENANTS, 1)));
        Gate.open(change, scope, Gate.DELETED_AT);
        change.with(Delete.of(Keys.deleted(scope, deletedAt)));
    }

    /// Adds to a change that a deleted tenant's rows are being removed from now on, so that nothing brings it back.
    public void beginPurge(Change change, TenantScope scope, Tenant tenant, Instant deletedAt) {
        change.with(unchangedSince(tenant, scope)
                .is(Gate.DELETED_AT, deletedAt.toString())
                .isAbsent(Gate.PURGING_SINCE)
                .set(Gate.PURGING_SINCE, scope.now())
                .set(VERSION, tenant.version() + 1));
        // Due at once: whoever began it may not come to its end, and then the next hour does.
        change.with(Delete.of(Keys.deleted(scope, deletedAt)));
        change.with(Put.newRow(
                Keys.deleted(scope, Instant.EPOCH),
                Row.with().text(TenantDoors.TENANT, scope.tenant().value()).row()));
    }

    /// Adds to a change that nothing is left of a tenant whose other rows are gone but the claim to its prefix.
    public void endPurge(Change change, TenantScope scope, Tenant tenant, Instant deletedAt) {
        String since = scope.found(PURGING_SINCE).orElseThrow().toString();
        change.with(Put.newOrWith(
                Keys.tenant(scope),
                Row.with()
                        .instant(Gate.DELETED_AT, deletedAt)
                        .instant(Gate.PURGED_AT, scope.now())
                        .row(),
                Gate.PURGING_SINCE,
                since));
        change.with(Delete.ifThere(Keys.tenantId(tenant.id())));
        change.with(Delete.ifThere(Keys.listed(scope)));
        change.with(Delete.ifThere(Keys.deleted(scope, Instant.EPOCH)));
    }

    /// Adds to a change that nothing is kept of somebody who has no tenants left that they created.
    ///
    /// @param counted the row that counts them
    public void forgetIfNone(Change change, UserId founder, Row counted) {
        if (!counted.isEmpty() && counted.number(TENANTS) == 0) {
            change.with(Delete.of(Keys.founded(founder)).is(TENANTS, 0));
        }
    }

    /// Adds to a change that nothing is kept of how many tenants somebody has created, if it is as many as were
    /// read.
    ///
    /// @param counted the row that counts them
    public static void forgetCount(Change change, Row counted) {
        change.with(Delete.of(Keys.of(counted)).is(TENANTS, counted.number(TENANTS)));
    }

    /// The row in another partition that leads to a tenant from its customer at Stripe.
    ///
    /// @param row that says that it stands for the tenant, or stood for it
    public static Key elsewhere(Row row) {
        return Keys.stripeCustomer(row.text(STRIPE_CUSTOMER_ID));
    }

    /// Whom it counts for is no part of the version: an erasure changes it.
    private static Update countedAsRead(TenantScope scope, Update tenant) {
        scope.found(COUNTED_FOR).ifPresent(founder -> tenant.is(FOUNDER, founder.value()));
        return tenant;
    }

    /// Who created a tenant, if it counts for them.
    public Optional<UserId> founder(TenantScope scope) {
        return scope.found(COUNTED_FOR);
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

    // The version alone says that the tenant is open: deleting and suspending it moved the version on.
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
                row.optionalInstant(Gate.SUSPENDED_AT),
                row.instant(CREATED_AT),
                row.instant(UPDATED_AT),
                row.number(VERSION));
    }
}
