package dev.tenantry.local.identity;

import java.util.LinkedHashMap;
import java.util.Map;

/// A map that forgets its oldest entry when there are too many, so that a service that runs for weeks stays small.
final class Latest<V> extends LinkedHashMap<String, V> {

    private static final long serialVersionUID = 1L;
    private static final int MOST = 10_000;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > MOST;
    }
}
