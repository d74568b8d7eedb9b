package dev.tenantry.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.storage.Lookup;
import java.util.Optional;
import java.util.function.Function;

/// The test of a store. Each looks, from one tenant, at the rows of another: `EveryStoreTest` holds that.
public abstract class StoreTest extends TwoTenants {

    /// Asserts that the tenant `other` sees something and the tenant `acme` sees nothing of it.
    ///
    /// @param nothing what a tenant sees that has no such rows
    /// @param look    what the store tells the tenant of that prefix
    protected final void assertOnlyOtherSees(Object nothing, Function<String, ?> look) {
        // Who looks in the wrong place sees nothing anywhere.
        assertThat(look.apply("other")).as("what a tenant sees of its own").isNotEqualTo(nothing);
        assertThat(look.apply("acme")).as("what a tenant sees of another's").isEqualTo(nothing);
    }

    /// Asserts that the tenant `other` finds each of those rows and the tenant `acme` none of them.
    protected final void assertOnlyOtherFinds(Lookup<?>... rows) {
        for (Lookup<?> row : rows) {
            assertOnlyOtherSees(Optional.empty(), tenant -> core.find(tenant, row));
        }
    }
}
