package dev.tenantry.tenants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.dns.TxtAnswer;
import dev.tenantry.identity.HostName;
import dev.tenantry.identity.TenantId;
import java.util.List;
import org.junit.jupiter.api.Test;

class DomainProofTest {

    private static final HostName HOST = new HostName("ocpp.acme.example");

    private final DomainProof proof = DomainProof.of(new TenantId(42), HOST);

    @Test
    void isTheSameEachTime() {
        assertThat(proof).isEqualTo(DomainProof.of(new TenantId(42), HOST));
        assertThat(proof.name()).isEqualTo("_tenantry-challenge.ocpp.acme.example");
        assertThat(proof.value()).matches("tenantry-domain=[0-9a-f]{32}");
    }

    @Test
    void isForOneTenantAndOneHost() {
        assertThat(DomainProof.of(new TenantId(4), new HostName("2.ocpp.acme.example"))
                        .value())
                .isNotEqualTo(proof.value());
        assertThat(DomainProof.of(new TenantId(43), HOST).value()).isNotEqualTo(proof.value());
        assertThat(DomainProof.of(new TenantId(42), new HostName("acme.example"))
                        .value())
                .isNotEqualTo(proof.value());
    }

    @Test
    void isFoundAmongOthersAndWithSpaceAround() {
        assertThat(proof.isIn(new TxtAnswer.Values(List.of("v=spf1 -all", " " + proof.value() + "\n"))))
                .isTrue();
    }

    @Test
    void isNotFoundInPartsOrInOtherCase() {
        assertThat(proof.isIn(new TxtAnswer.Values(List.of(
                        proof.value().substring(1),
                        proof.value() + "0",
                        proof.value().toUpperCase(java.util.Locale.ROOT),
                        "\"" + proof.value() + "\""))))
                .isFalse();
        assertThat(proof.isIn(new TxtAnswer.Values(List.of()))).isFalse();
        assertThat(proof.isIn(new TxtAnswer.NoSuchName())).isFalse();
        assertThat(proof.isIn(new TxtAnswer.Broken())).isFalse();
    }
}
