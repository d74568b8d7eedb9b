package dev.tenantry.tenants;

import dev.tenantry.dns.TxtAnswer;
import dev.tenantry.identity.Digest;
import dev.tenantry.identity.HostName;
import dev.tenantry.identity.TenantId;

/// The TXT record that proves that a host is a tenant's own: only who has the domain can publish it, and it says for
/// which tenant.
///
/// Neither name nor value is a secret, and nothing is stored: the value follows from tenant and host, so that one
/// tenant's record proves nothing for another, and a record for one host nothing of another host that leads to it.
public record DomainProof(String name, String value) {

    private static final String LABEL = "_tenantry-challenge.";

    /// Most characters of a host for whose proof there is a name.
    static final int MAX_HOST_LENGTH = 253 - LABEL.length();

    /// 128 bits: nobody finds another tenant and host with the same.
    private static final int DIGITS = 32;

    static DomainProof of(TenantId tenant, HostName host) {
        return new DomainProof(
                LABEL + host,
                "tenantry-domain="
                        + Digest.of("domain " + tenant.value() + " " + host).substring(0, DIGITS));
    }

    /// Whether DNS has it, whatever else it has there. Space around it comes from copying it.
    boolean isIn(TxtAnswer answer) {
        return answer instanceof TxtAnswer.Values found
                && found.values().stream()
                        .anyMatch(published -> published.strip().equals(value));
    }
}
