package dev.tenantry.chargers;

import dev.tenantry.identity.DomainPrefix;
import java.util.Optional;

/// A charger is turned away. An answer for the broker, not an accident: it has no stack trace.
public final class Rejection extends RuntimeException {

    private final Reason reason;
    private final transient Optional<DomainPrefix> tenant;

    Rejection(Reason reason) {
        this(reason, Optional.empty());
    }

    private Rejection(Reason reason, Optional<DomainPrefix> tenant) {
        super(reason.text(), null, false, false);
        this.reason = reason;
        this.tenant = tenant;
    }

    /// The same, for that tenant to see.
    Rejection seenBy(DomainPrefix whose) {
        return new Rejection(reason, Optional.of(whose));
    }

    public Reason reason() {
        return reason;
    }

    /// Whose charger it is; empty if that is nobody's business, or nobody's charger.
    Optional<DomainPrefix> tenant() {
        return tenant;
    }
}
