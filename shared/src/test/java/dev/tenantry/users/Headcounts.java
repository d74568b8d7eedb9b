package dev.tenantry.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Row;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.Pages;

/// Reads the stored headcount, and holds it against the people themselves.
final class Headcounts {

    private Headcounts() {}

    static Headcount of(Core core, String tenant) {
        Row row = core.table().read(Keys.headcount(core.scope(tenant)));
        Headcount stored = new Headcount(row.number("admins"), row.number("users"), row.number("viewers"));
        Headcount counted = Headcount.ZERO;
        for (Member member :
                core.members().list(core.scope(tenant), Pages.LARGEST).items()) {
            counted = counted.plus(member.role(), 1);
        }
        assertThat(stored).isEqualTo(counted);
        return stored;
    }
}
