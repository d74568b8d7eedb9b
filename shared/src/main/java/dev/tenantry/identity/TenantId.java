package dev.tenantry.identity;

import java.util.random.RandomGenerator;

/// A tenant's number: 1..2^31-1, drawn at random so that it tells nobody how many tenants there are.
public record TenantId(int value) {

    public TenantId {
        if (value < 1) {
            throw new IllegalArgumentException("a tenant id is positive");
        }
    }

    /// Another one each time, as good as always; that it is, whoever gives it out sees to.
    public static TenantId draw(RandomGenerator random) {
        return new TenantId(random.nextInt(1, Integer.MAX_VALUE));
    }
}
