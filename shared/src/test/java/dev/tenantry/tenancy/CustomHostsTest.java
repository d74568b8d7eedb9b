package dev.tenantry.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.identity.HostName;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Put;
import dev.tenantry.storage.Row;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.TwoTenants;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CustomHostsTest extends TwoTenants {

    private static final DomainPrefix ACME = new DomainPrefix("acme");

    private final CustomHosts hosts = new CustomHosts(core.table(), 2);

    @Test
    void looksInTheTableUntilItWasRight() {
        core.table()
                .commit(Change.empty()
                        .with(Put.newRow(
                                Keys.domain(host(1)),
                                Row.with().text(TenantDoors.TENANT, "acme").row())));
        assertThat(hosts.tenant(host(1))).contains(ACME);
        assertThat(Core.roundTrips(() -> hosts.tenant(host(1)))).isEqualTo(1);
        hosts.keep(host(1), ACME);
        assertThat(Core.roundTrips(() -> hosts.tenant(host(1)))).isZero();
        assertThat(hosts.forget(host(1))).isTrue();
        assertThat(hosts.forget(host(1))).isFalse();
        assertThat(Core.roundTrips(() -> hosts.tenant(host(1)))).isEqualTo(1);
    }

    @Test
    void remembersNoHostThatIsNobodys() {
        assertThat(hosts.tenant(host(1))).isEqualTo(Optional.empty());
        assertThat(Core.roundTrips(() -> hosts.tenant(host(1)))).isEqualTo(1);
    }

    @Test
    void forgetsTheOneNotAskedForTheLongest() {
        hosts.keep(host(1), ACME);
        hosts.keep(host(2), ACME);
        assertThat(hosts.tenant(host(1))).contains(ACME);
        hosts.keep(host(3), ACME);
        assertThat(hosts.forget(host(2))).isFalse();
        assertThat(hosts.forget(host(1))).isTrue();
        assertThat(hosts.forget(host(3))).isTrue();
    }

    private static HostName host(int number) {
        return new HostName("host-" + number + ".volt.example");
    }
}
