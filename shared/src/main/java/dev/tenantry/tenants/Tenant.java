package dev.tenantry.tenants;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.identity.HostName;
import dev.tenantry.identity.TenantId;
import java.time.Instant;
import java.util.Optional;

/// A customer of the charger cloud.
///
/// @param stripeCustomerId who pays, once Stripe knows them
/// @param customDomain     where its chargers connect besides, if it may be believed
/// @param verifiedHost     the host of the custom domain, once the tenant has proven that it is its own
/// @param suspendedAt      since when the operator has it suspended; empty if they have not
/// @param updatedAt        when what the tenant shows last changed
/// @param version          1 at first, one more with every change of what can be edited
public record Tenant(
        TenantId id,
        TenantName name,
        DomainPrefix domainPrefix,
        Optional<String> stripeCustomerId,
        Optional<CustomDomain> customDomain,
        Optional<HostName> verifiedHost,
        Optional<Instant> suspendedAt,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    /// A tenant as it begins.
    public static Tenant founded(TenantId id, TenantName name, DomainPrefix domainPrefix, Instant now) {
        return new Tenant(
                id,
                name,
                domainPrefix,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                now,
                now,
                1);
    }

    /// What proves that the custom domain is the tenant's own; empty if it has none.
    public Optional<DomainProof> domainProof() {
        return customDomain.map(domain -> DomainProof.of(id, domain.host()));
    }

    /// The tenant with another custom domain. What was proven of the host is forgotten with the host.
    Tenant with(TenantName newName, Optional<CustomDomain> newDomain, Instant now) {
        return new Tenant(
                id,
                newName,
                domainPrefix,
                stripeCustomerId,
                newDomain,
                verifiedHost.filter(host -> newDomain.map(CustomDomain::host).equals(Optional.of(host))),
                suspendedAt,
                createdAt,
                now,
                version + 1);
    }

    /// The tenant suspended from an instant on, or not suspended.
    public Tenant suspended(Optional<Instant> since, Instant now) {
        return new Tenant(
                id,
                name,
                domainPrefix,
                stripeCustomerId,
                customDomain,
                verifiedHost,
                since,
                createdAt,
                now,
                version + 1);
    }

    /// The tenant whose custom domain is proven. Nothing that can be edited has changed, and so the version stays.
    Tenant verified(HostName host, Instant now) {
        return new Tenant(
                id,
                name,
                domainPrefix,
                stripeCustomerId,
                customDomain,
                Optional.of(host),
                suspendedAt,
                createdAt,
                now,
                version);
    }
}
