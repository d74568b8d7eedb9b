package dev.tenantry.tenants;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditStore;
import dev.tenantry.audit.Event;
import dev.tenantry.dns.TxtAnswer;
import dev.tenantry.dns.TxtRecords;
import dev.tenantry.identity.HostName;
import dev.tenantry.refusal.Refusal.DomainNotVerified;
import dev.tenantry.refusal.Refusal.DomainNotVerified.Instead;
import dev.tenantry.refusal.Refusal.DomainTaken;
import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Decision;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.TenantScope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.inject.Inject;

/// Looks in DNS for the proof that a tenant's custom domain is its own. From then on chargers may come by it.
public final class VerifyDomain {

    /// How long DNS may take, for all attempts at a request together.
    public static final Duration TIME_LIMIT = Duration.ofSeconds(4);

    private static final String STATUS = "customDomainStatus";

    private final TenantStore tenants;
    private final TxtRecords dns;
    private final AuditStore audit;

    @Inject
    VerifyDomain(TenantStore tenants, TxtRecords dns, AuditStore audit) {
        this.tenants = tenants;
        this.dns = dns;
        this.audit = audit;
    }

    /// What was proven before is not looked for again.
    ///
    /// @param received when the request came
    /// @throws DomainNotVerified   if there is no custom domain, or DNS lacks the proof
    /// @throws DomainTaken         if another tenant proved it first; only who has proven it learns so
    /// @throws UpstreamUnavailable if DNS fails or takes too long
    public Decision<Tenant> run(Door door, Instant received) {
        TenantScope scope = door.open();
        Tenant from = tenants.tenant(scope);
        DomainProof proof =
                from.domainProof().orElseThrow(() -> new DomainNotVerified(Instead.NO_DOMAIN, "", List.of()));
        if (from.verifiedHost().isPresent()) {
            return new Decision<>(from, Change.empty());
        }
        TxtAnswer answer = dns.at(proof.name(), received.plus(TIME_LIMIT));
        if (!proof.isIn(answer)) {
            throw missing(proof, answer);
        }
        HostName host = from.customDomain().orElseThrow().host();
        Tenant to = from.verified(host, scope.now());
        Change change = Change.in(scope);
        tenants.verify(change, scope, from, to);
        audit.record(
                change,
                scope,
                AuditAction.DOMAIN_VERIFIED,
                Event.changed(host.value(), Map.of(STATUS, "pending"), Map.of(STATUS, "verified")));
        return new Decision<>(to, change);
    }

    private static DomainNotVerified missing(DomainProof proof, TxtAnswer answer) {
        return switch (answer) {
            case TxtAnswer.Values(List<String> values) ->
                new DomainNotVerified(
                        values.isEmpty() ? Instead.NO_RECORD : Instead.OTHER_RECORDS, proof.name(), values);
            case TxtAnswer.NoSuchName _ -> new DomainNotVerified(Instead.NO_NAME, proof.name(), List.of());
            case TxtAnswer.Broken _ -> new DomainNotVerified(Instead.NO_ANSWER, proof.name(), List.of());
        };
    }
}
