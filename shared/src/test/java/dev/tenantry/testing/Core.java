package dev.tenantry.testing;

import dagger.BindsInstance;
import dagger.Component;
import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditEntry;
import dev.tenantry.audit.AuditStore;
import dev.tenantry.billing.AssignCustomer;
import dev.tenantry.billing.FollowSubscription;
import dev.tenantry.billing.ListProducts;
import dev.tenantry.billing.OpenCheckout;
import dev.tenantry.billing.OpenPortal;
import dev.tenantry.billing.Payments;
import dev.tenantry.chargers.AddChargers;
import dev.tenantry.chargers.BootCharger;
import dev.tenantry.chargers.ChargerStore;
import dev.tenantry.chargers.ConnectCharger;
import dev.tenantry.chargers.DisconnectCharger;
import dev.tenantry.chargers.ListChargers;
import dev.tenantry.chargers.ListRejections;
import dev.tenantry.chargers.LocateCharger;
import dev.tenantry.chargers.NoteRejections;
import dev.tenantry.chargers.RejectionStore;
import dev.tenantry.chargers.RemoveCharger;
import dev.tenantry.chargers.ShowCharger;
import dev.tenantry.chargers.UpdateChargers;
import dev.tenantry.config.Settings;
import dev.tenantry.events.EventContext;
import dev.tenantry.http.ApiContext;
import dev.tenantry.idempotency.IdempotencyRecordStore;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.invites.AcceptInvite;
import dev.tenantry.invites.CreateInvite;
import dev.tenantry.invites.InviteStore;
import dev.tenantry.invites.ListInvites;
import dev.tenantry.invites.MarkBounced;
import dev.tenantry.invites.RevokeInvite;
import dev.tenantry.invites.SendInvite;
import dev.tenantry.ips.AddIp;
import dev.tenantry.ips.IpStore;
import dev.tenantry.ips.ListIps;
import dev.tenantry.ips.RemoveIp;
import dev.tenantry.ips.UpdateIp;
import dev.tenantry.mail.Mailer;
import dev.tenantry.metrics.ShowMetrics;
import dev.tenantry.operator.CreateForAdmin;
import dev.tenantry.operator.ErasePerson;
import dev.tenantry.operator.ExportTenant;
import dev.tenantry.operator.ListTenants;
import dev.tenantry.operator.OpenApiToAll;
import dev.tenantry.operator.PurgeTenant;
import dev.tenantry.operator.RestoreTenant;
import dev.tenantry.operator.ShowAnyTenant;
import dev.tenantry.operator.SuspendTenant;
import dev.tenantry.profiles.CreateProfile;
import dev.tenantry.profiles.DeleteProfile;
import dev.tenantry.profiles.ListProfiles;
import dev.tenantry.profiles.PasswordCheck;
import dev.tenantry.profiles.ProfileStore;
import dev.tenantry.profiles.ProvisioningWindowStore;
import dev.tenantry.profiles.ShowProfile;
import dev.tenantry.profiles.UpdateProfile;
import dev.tenantry.provisioning.ChangeProvisioning;
import dev.tenantry.provisioning.ShowProvisioning;
import dev.tenantry.provisioning.StartProvisioning;
import dev.tenantry.provisioning.StopProvisioning;
import dev.tenantry.refusal.Refusal.Unavailable;
import dev.tenantry.stats.RepairCounters;
import dev.tenantry.stats.ShowStats;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Consumption;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Lookup;
import dev.tenantry.storage.Table;
import dev.tenantry.subscriptions.ShowSubscription;
import dev.tenantry.subscriptions.SubscriptionStore;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenancy.TenantDoors;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.tenants.CreateTenant;
import dev.tenantry.tenants.DeleteTenant;
import dev.tenantry.tenants.FoundTenant;
import dev.tenantry.tenants.ListOwnTenants;
import dev.tenantry.tenants.NewTenant;
import dev.tenantry.tenants.ShowTenant;
import dev.tenantry.tenants.Tenant;
import dev.tenantry.tenants.TenantName;
import dev.tenantry.tenants.TenantStore;
import dev.tenantry.tenants.UpdateTenant;
import dev.tenantry.tenants.VerifyDomain;
import dev.tenantry.usage.AggregateUsage;
import dev.tenantry.usage.ImportUsage;
import dev.tenantry.usage.IngestReports;
import dev.tenantry.usage.Report;
import dev.tenantry.usage.ReportOutcome;
import dev.tenantry.usage.UsageStore;
import dev.tenantry.users.AddMember;
import dev.tenantry.users.ChangeRoles;
import dev.tenantry.users.FollowIdentity;
import dev.tenantry.users.ListAudit;
import dev.tenantry.users.ListMembers;
import dev.tenantry.users.MemberStore;
import dev.tenantry.users.NamedEntry;
import dev.tenantry.users.RemoveMember;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javax.inject.Singleton;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The core as functions get it, over a table of a test's choice.
@Singleton
@Component(modules = FakeDns.Binding.class)
public interface Core {

    Table table();

    TenantDoors doors();

    TenantStore tenants();

    MemberStore members();

    AuditStore audit();

    IdempotencyRecordStore idempotencyRecords();

    ApiContext context();

    EventContext eventContext();

    CreateTenant createTenant();

    FoundTenant foundTenant();

    ShowTenant showTenant();

    UpdateTenant updateTenant();

    DeleteTenant deleteTenant();

    ListOwnTenants listOwnTenants();

    VerifyDomain verifyDomain();

    FakeDns dns();

    AddMember addMember();

    ListMembers listMembers();

    ChangeRoles changeRoles();

    RemoveMember removeMember();

    FollowIdentity followIdentity();

    IpStore ips();

    AddIp addIp();

    UpdateIp updateIp();

    RemoveIp removeIp();

    ListIps listIps();

    ProfileStore profiles();

    CreateProfile createProfile();

    ShowProfile showProfile();

    ListProfiles listProfiles();

    UpdateProfile updateProfile();

    DeleteProfile deleteProfile();

    ProvisioningWindowStore provisioning();

    ShowProvisioning showProvisioning();

    StartProvisioning startProvisioning();

    ChangeProvisioning changeProvisioning();

    StopProvisioning stopProvisioning();

    ChargerStore chargers();

    LocateCharger locateCharger();

    ConnectCharger connectCharger();

    BootCharger bootCharger();

    DisconnectCharger disconnectCharger();

    ListChargers listChargers();

    AddChargers addChargers();

    ShowCharger showCharger();

    UpdateChargers updateChargers();

    RemoveCharger removeCharger();

    NoteRejections noteRejections();

    ListRejections listRejections();

    RejectionStore rejections();

    PasswordCheck passwords();

    ListAudit listAudit();

    InviteStore invites();

    CreateInvite createInvite();

    SendInvite sendInvite();

    MarkBounced markBounced();

    ListInvites listInvites();

    RevokeInvite revokeInvite();

    AcceptInvite acceptInvite();

    UsageStore usage();

    IngestReports ingestReports();

    ImportUsage importUsage();

    AggregateUsage aggregateUsage();

    ShowMetrics showMetrics();

    ShowStats showStats();

    RepairCounters repairCounters();

    ListTenants listTenants();

    ShowAnyTenant showAnyTenant();

    CreateForAdmin createForAdmin();

    SuspendTenant suspendTenant();

    RestoreTenant restoreTenant();

    PurgeTenant purgeTenant();

    ErasePerson erasePerson();

    ExportTenant exportTenant();

    OpenApiToAll openApiToAll();

    SubscriptionStore subscriptions();

    ShowSubscription showSubscription();

    AssignCustomer assignCustomer();

    OpenPortal openPortal();

    ListProducts listProducts();

    OpenCheckout openCheckout();

    FollowSubscription followSubscription();

    Settings settings();

    default String tableName() {
        return settings().tableName();
    }

    /// Wires a core.
    @Component.Factory
    interface Factory {
        Core create(
                @BindsInstance Table table,
                @BindsInstance Settings settings,
                @BindsInstance Clock clock,
                @BindsInstance RandomGenerator random,
                @BindsInstance Mailer mailer,
                @BindsInstance Payments payments);
    }

    /// A core over a new table.
    static Core over(DynamoDbClient client, Clock clock) {
        return over(client, DynamoDbLocal.newTable(client), clock);
    }

    /// A core over a new table that sends mail to a mailbox and is billed by these payments.
    static Core over(DynamoDbClient client, Clock clock, Mailer mailer, Payments payments) {
        return over(client, DynamoDbLocal.newTable(client), clock, mailer, sequence(), payments);
    }

    static Core over(DynamoDbClient client, String tableName, Clock clock) {
        return over(client, tableName, clock, new Mailbox(), sequence());
    }

    static Core over(DynamoDbClient client, String tableName, Clock clock, Mailer mailer, RandomGenerator random) {
        return over(client, tableName, clock, mailer, random, new FakePayments());
    }

    static Core over(
            DynamoDbClient client,
            String tableName,
            Clock clock,
            Mailer mailer,
            RandomGenerator random,
            Payments payments) {
        return DaggerCore.factory()
                .create(
                        new Table(client, tableName, random),
                        settings(tableName, Duration.ofDays(7)),
                        clock,
                        random,
                        mailer,
                        payments);
    }

    /// Few enough to be reached.
    int CHARGERS_PER_TENANT = 400;
    /// A core in whose deployment a subscription decides about chargers, over a table that is there.
    static Core enforcing(String enforcement, DynamoDbClient client, String tableName, Clock clock) {
        RandomGenerator random = sequence();
        Settings settings = Settings.of(Map.of(
                "TABLE_NAME",
                tableName,
                "BROKER_DOMAIN",
                "ocpp.example.com",
                "AWS_REGION",
                "eu-central-1",
                "SUBSCRIPTION_ENFORCEMENT",
                enforcement));
        return DaggerCore.factory()
                .create(
                        new Table(client, tableName, random),
                        settings,
                        clock,
                        random,
                        new Mailbox(),
                        new FakePayments());
    }

    /// Settings as a function with everything has them.
    static Settings settings(String tableName, Duration inviteTtl) {
        return Settings.of(Map.ofEntries(
                Map.entry("TABLE_NAME", tableName),
                Map.entry("BROKER_DOMAIN", "ocpp.example.com"),
                Map.entry("AWS_REGION", "eu-central-1"),
                Map.entry("MAIL_SENDER", "no-reply@example.com"),
                Map.entry("PORTAL_URL", "https://portal.example.com/app/"),
                Map.entry("INVITE_TTL", inviteTtl.toString()),
                Map.entry("STRIPE_SECRET_ID", "stripe"),
                Map.entry("PORTAL_ORIGINS", "https://portal.example.com,http://localhost:3000"),
                Map.entry("STRIPE_PRODUCTS", "prod_configured=7"),
                Map.entry("CHARGERS_PER_TENANT", "" + CHARGERS_PER_TENANT),
                // Limits that are in no other test's way.
                Map.entry("TENANTS_PER_PERSON", "1000"),
                Map.entry("INVITES_PER_DAY", "10000"),
                Map.entry("INVITES_PER_ADDRESS", "1000"),
                Map.entry("INVITE_COOLDOWN_SECONDS", "0")));
    }

    /// A core in whose deployment limits are as they are by default, or else as told, over a table that is there.
    static Core limiting(
            Map<String, String> limits, DynamoDbClient client, String tableName, Clock clock, Mailer mailer) {
        RandomGenerator random = sequence();
        Map<String, String> environment = new HashMap<>(Map.of(
                "TABLE_NAME", tableName,
                "BROKER_DOMAIN", "ocpp.example.com",
                "AWS_REGION", "eu-central-1",
                "MAIL_SENDER", "no-reply@example.com",
                "PORTAL_URL", "https://portal.example.com",
                "INVITE_TTL", "P7D"));
        environment.putAll(limits);
        return DaggerCore.factory()
                .create(
                        new Table(client, tableName, random),
                        Settings.of(environment),
                        clock,
                        random,
                        mailer,
                        new FakePayments());
    }

    /// Changes of one frozen moment never draw the same audit id.
    private static RandomGenerator sequence() {
        AtomicLong last = new AtomicLong();
        // An int is drawn from the upper half of a long.
        return () -> last.addAndGet(1L << 32);
    }

    /// Makes a decision happen.
    default <T> T commit(Decision<T> decision) {
        table().commit(decision.change());
        return decision.result();
    }

    /// Writes a change down and makes it happen.
    default void commit(Consumer<Change> writing) {
        Change change = Change.empty();
        writing.accept(change);
        table().commit(change);
    }

    /// Makes a decision happen, and decides anew from the door as often as it meets another one, like a function.
    default <T> T insist(Supplier<Decision<T>> decide) {
        for (int attempt = 0; attempt < 100_000; attempt++) {
            try {
                return commit(decide.get());
            } catch (Conflict e) {
                Thread.onSpinWait();
            }
        }
        throw new AssertionError("the change keeps meeting others");
    }

    /// A tenant with its founder.
    default Tenant tenant(String prefix, Caller founder) {
        return commit(createTenant().run(founder, new NewTenant(new TenantName(prefix), new DomainPrefix(prefix))));
    }

    /// Someone new in a tenant.
    default Caller member(String prefix, Role role) {
        Caller person = People.anyone();
        TenantScope scope = doors().operator(new DomainPrefix(prefix), person.actor());
        insist(() -> addMember().run(scope, person, person.email().orElseThrow(), role));
        return person;
    }

    /// Takes in what one delivery brings, with all the time in the world.
    default List<ReportOutcome> ingest(List<Report> reports) {
        return ingestReports().run(reports, () -> true, failure -> {
            if (!(failure instanceof Unavailable)) {
                throw failure;
            }
        });
    }

    /// The way in that a request for that role would take.
    default Door door(Caller caller, String prefix, Role role) {
        return doors().member(caller, prefix, role);
    }

    /// The scope of somebody who may do everything.
    default TenantScope scope(String prefix, Lookup<?>... lookups) {
        return doors().operator(
                        new DomainPrefix(prefix), People.named("operator").actor(), lookups);
    }

    /// A row of a tenant.
    default <T> Optional<T> find(String prefix, Lookup<T> row) {
        return scope(prefix, row).found(row);
    }

    /// A tenant's audit trail, newest first.
    default List<AuditEntry> trail(String prefix) {
        return trail(prefix, Optional.empty());
    }

    /// What a tenant's audit trail tells of one action, newest first.
    default List<AuditEntry> trail(String prefix, AuditAction action) {
        return trail(prefix, Optional.of(action));
    }

    private List<AuditEntry> trail(String prefix, Optional<AuditAction> action) {
        return listAudit()
                .run(
                        lookups -> scope(prefix, lookups),
                        Optional.empty(),
                        Optional.empty(),
                        action,
                        Optional.empty(),
                        Pages.LARGEST)
                .map(NamedEntry::entry)
                .items();
    }

    /// How often something asks DynamoDB.
    static int roundTrips(Runnable action) {
        return usage(() -> {
                    action.run();
                    return true;
                })
                .calls();
    }

    /// What something consumed of the table.
    static Consumption usage(Supplier<?> action) {
        Consumption consumption = new Consumption();
        ScopedValue.where(Consumption.CURRENT, consumption).call(action::get);
        return consumption;
    }
}
