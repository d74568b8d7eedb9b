package dev.tenantry.storage;

import dev.tenantry.tenancy.TenantScope;
import java.util.Optional;
import java.util.function.Function;

/// One row that is to be read along when a door is opened, mostly one of the tenant. It names no tenant: without a
/// scope it leads nowhere.
///
/// @param <T> what the row holds
public final class Lookup<T> {

    private final Function<TenantScope, Key> key;
    private final Function<Row, Optional<T>> reader;

    private Lookup(Function<TenantScope, Key> key, Function<Row, Optional<T>> reader) {
        this.key = key;
        this.reader = reader;
    }

    public static <T> Lookup<T> of(Function<TenantScope, Key> key, Function<Row, T> reader) {
        return new Lookup<>(key, row -> Optional.of(reader.apply(row)));
    }

    /// A row that can be there and yet say nothing of what is looked for.
    public static <T> Lookup<T> maybe(Function<TenantScope, Key> key, Function<Row, Optional<T>> reader) {
        return new Lookup<>(key, reader);
    }

    public Key key(TenantScope scope) {
        return key.apply(scope);
    }

    /// @return empty where there is no row
    public Optional<T> read(Row row) {
        return row.isEmpty() ? Optional.empty() : reader.apply(row);
    }
}
