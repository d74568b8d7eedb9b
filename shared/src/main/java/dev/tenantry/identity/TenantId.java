package dev.tenantry.identity;

/// A tenant's number: 1..2^31-1, drawn at random so that it tells nobody how many tenants there are.
public record TenantId(int value) {

    public TenantId {
        if (value < 1) {
            throw new IllegalArgumentException("a tenant id is positive");
        }
    }
}
