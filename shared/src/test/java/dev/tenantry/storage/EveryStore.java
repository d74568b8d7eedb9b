package dev.tenantry.storage;

import dev.tenantry.audit.AuditStoreTest;
import dev.tenantry.billing.StripeEventStoreTest;
import dev.tenantry.chargers.ChargerStoreTest;
import dev.tenantry.chargers.RejectionStoreTest;
import dev.tenantry.chargers.WrongPasswordStoreTest;
import dev.tenantry.idempotency.IdempotencyRecordStoreTest;
import dev.tenantry.invites.InviteStoreTest;
import dev.tenantry.ips.IpStoreTest;
import dev.tenantry.profiles.ProfileStoreTest;
import dev.tenantry.profiles.ProvisioningWindowStoreTest;
import dev.tenantry.subscriptions.SubscriptionStoreTest;
import dev.tenantry.tenants.TenantStoreTest;
import dev.tenantry.testing.OnDynamoDb;
import dev.tenantry.usage.UsageStoreTest;
import dev.tenantry.users.MemberStoreTest;
import org.junit.jupiter.api.Nested;

/// The tests of all stores, to be run once more on the DynamoDB that a subclass names.
abstract class EveryStore extends OnDynamoDb {

    @Nested
    class Tenants extends TenantStoreTest {}

    @Nested
    class Members extends MemberStoreTest {}

    @Nested
    class Ips extends IpStoreTest {}

    @Nested
    class Profiles extends ProfileStoreTest {}

    @Nested
    class Chargers extends ChargerStoreTest {}

    @Nested
    class WrongPasswords extends WrongPasswordStoreTest {}

    @Nested
    class Rejections extends RejectionStoreTest {}

    @Nested
    class Provisioning extends ProvisioningWindowStoreTest {}

    @Nested
    class Audit extends AuditStoreTest {}

    @Nested
    class Invites extends InviteStoreTest {}

    @Nested
    class Subscriptions extends SubscriptionStoreTest {}

    @Nested
    class StripeEvents extends StripeEventStoreTest {}

    @Nested
    class Usage extends UsageStoreTest {}

    @Nested
    class IdempotencyRecords extends IdempotencyRecordStoreTest {}
}
