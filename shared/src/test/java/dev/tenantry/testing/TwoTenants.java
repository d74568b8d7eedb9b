package dev.tenantry.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.storage.Change;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Decision;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenants.Tenant;
import java.util.function.Consumer;

/// A test that begins with two tenants on a new table: `acme`, which Ada has founded, and `other`, which Otto has.
///
/// Time stands still, mails and payments stay here, and DynamoDB fails when it is told to.
public abstract class TwoTenants {

    protected final TestClock clock = new TestClock();
    protected final FaultyDynamoDb faulty = new FaultyDynamoDb(OnDynamoDb.client());
    protected final Mailbox mailbox = new Mailbox();
    protected final FakePayments stripe = new FakePayments();
    protected final Core core = Core.over(faulty.client(), clock, mailbox, stripe);
    protected final Caller ada = People.named("ada");
    protected final Caller otto = People.named("otto");
    protected final Tenant acme = core.tenant("acme", ada);
    protected final Tenant other = core.tenant("other", otto);

    /// Asserts that a change can be written down, and does not happen: what it rests on is not so.
    protected final void assertConflict(Consumer<Change> writing) {
        Change change = Change.empty();
        writing.accept(change);
        assertThatThrownBy(() -> core.table().commit(change)).isInstanceOf(Conflict.class);
    }

    /// Asserts that a decision does not happen: what it rests on is no longer so.
    protected final void assertConflict(Decision<?> decision) {
        assertThatThrownBy(() -> core.commit(decision)).isInstanceOf(Conflict.class);
    }

    /// Everything that the table holds, as text.
    protected final String contents() {
        return faulty.client()
                .scan(scan -> scan.tableName(core.tableName()))
                .items()
                .toString();
    }
}
