package dev.tenantry.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.addresses.IpBlock;
import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditEntry;
import dev.tenantry.chargers.NewCharger;
import dev.tenantry.edit.Edit;
import dev.tenantry.identity.ChargePointIdentity;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.identity.TenantId;
import dev.tenantry.invites.EmailAddress;
import dev.tenantry.invites.InviteRegister;
import dev.tenantry.invites.InviteStore;
import dev.tenantry.invites.Language;
import dev.tenantry.invites.NewInvite;
import dev.tenantry.ips.IpScope;
import dev.tenantry.ips.NewIp;
import dev.tenantry.profiles.ProfileFixture;
import dev.tenantry.profiles.ProfileStore;
import dev.tenantry.profiles.SecurityProfile;
import dev.tenantry.refusal.Refusal.TenantNotFound;
import dev.tenantry.storage.Backoff;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Precondition;
import dev.tenantry.tenants.TenantEdit;
import dev.tenantry.tenants.TenantName;
import dev.tenantry.testing.BusyDynamoDb;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.DynamoDbLocal;
import dev.tenantry.testing.FakePayments;
import dev.tenantry.testing.Mailbox;
import dev.tenantry.testing.Pages;
import dev.tenantry.testing.People;
import dev.tenantry.testing.Race;
import dev.tenantry.users.RoleChange;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// Sixteen people who change different things of one tenant at once, on a DynamoDB that lets transactions conflict as
/// AWS does.
class ContentionTest {

    private static final int WRITERS = 16;
    private static final int ROUNDS = 2;
    private static final int EACH = WRITERS * ROUNDS;

    /// More than a request has time for: how slow the machine is shall not matter.
    private static final int TRIES = 200;

    private final Clock clock = Clock.systemUTC();
    private final SecureRandom random = new SecureRandom();
    private final BusyDynamoDb busy = new BusyDynamoDb(DynamoDbLocal.client(), 10, 4);
    private final String table = DynamoDbLocal.newTable(DynamoDbLocal.client());
    private final Core core = Core.over(busy.client(), table, clock, new Mailbox(), random, new FakePayments());
    private final Caller ada = People.named("ada");

    @Test
    void makesEveryChangeOfSixteenWriters() throws InterruptedException {
        core.tenant("acme", ada);
        long profile = ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        List<Caller> admins = members(Role.ADMIN);
        List<Caller> viewers = members(Role.VIEWER);

        List<Object> outcomes = Race.run(WRITERS, i -> (Callable<Object>) () -> {
            for (int round = 0; round < ROUNDS; round++) {
                for (int kind = 0; kind < 6; kind++) {
                    change((i + kind) % 6, admins.get(i), viewers.get(i), i, round, profile);
                }
            }
            return "done";
        });

        assertThat(outcomes).containsOnly("done");
        assertThat(List.of(
                        AuditAction.INVITE_CREATED,
                        AuditAction.IP_ADDED,
                        AuditAction.PROFILE_CREATED,
                        AuditAction.CHARGER_ADDED,
                        AuditAction.TENANT_UPDATED,
                        AuditAction.USER_ROLE_CHANGED))
                .allSatisfy(action -> assertThat(core.trail("acme", action)).hasSize(EACH));
        TenantScope scope = core.scope("acme", InviteStore.register(), ProfileStore.register());
        InviteRegister invites = scope.found(InviteStore.register()).orElseThrow();
        assertThat(invites.lastId()).isEqualTo(EACH);
        assertThat(invites.waiting()).hasSize(EACH);
        assertThat(invites.mails().orElseThrow().count()).isEqualTo(EACH);
        assertThat(core.profiles().register(scope).count()).isEqualTo(1 + EACH);
        assertThat(core.listIps().run(door(ada), Pages.LARGEST).items()).hasSize(EACH);
        assertThat(core.showTenant().run(door(ada)).version()).isEqualTo(1 + EACH);
        assertThat(core.repairCounters()
                        .run(new DomainPrefix("acme"), () -> true)
                        .repaired())
                .as("counters that do not say what there is")
                .isEmpty();
        assertThat(busy.cancelled().keySet())
                .as("nobody waits for others only because both look whether the tenant is open")
                .noneMatch(where -> where.startsWith("TENANT checked"));
    }

    /// Its gates are free for the deletion, whoever is at them.
    @Test
    void deletesATenantHoweverManyWrite() throws InterruptedException {
        core.tenant("acme", ada);
        List<Caller> admins = members(Role.ADMIN);
        List<Caller> viewers = members(Role.VIEWER);
        CountDownLatch warm = new CountDownLatch(WRITERS - 1);
        List<List<AuditEntry>> trails = new ArrayList<>();

        List<Object> outcomes = Race.run(WRITERS, i -> (Callable<Object>) () -> {
            if (i == 0) {
                warm.await();
                insist(() -> core.deleteTenant().run(door(ada), Precondition.NONE));
                trails.add(trailOfTheDeleted());
                return 0;
            }
            int changed = 0;
            try {
                while (true) {
                    changeRole(admins.get(i), viewers.get(i), changed);
                    changed++;
                    warm.countDown();
                }
            } catch (TenantNotFound e) {
                return changed;
            }
        });

        List<AuditEntry> trail = trailOfTheDeleted();
        assertThat(trails).containsExactly(trail);
        assertThat(trail.stream().filter(entry -> entry.action().equals("user.role_changed")))
                .hasSize(outcomes.stream().mapToInt(Integer.class::cast).sum());
    }

    private List<AuditEntry> trailOfTheDeleted() {
        TenantScope scope = core.doors().founder(ada, new DomainPrefix("acme"), new TenantId(1));
        return core.audit()
                .list(scope, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Pages.LARGEST)
                .items();
    }

    private List<Caller> members(Role role) {
        List<Caller> members = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            members.add(core.member("acme", role));
        }
        return members;
    }

    private void change(int kind, Caller admin, Caller viewer, int self, int round, long profile) {
        String name = self + "-" + round;
        switch (kind) {
            case 0 ->
                insist(() -> core.createInvite()
                        .run(
                                door(admin),
                                admin,
                                new NewInvite(
                                        new EmailAddress("guest-" + name + "@example.com"),
                                        Role.USER,
                                        new Language("en"))));
            case 1 ->
                insist(() -> core.addIp()
                        .run(
                                door(admin),
                                new NewIp(
                                        IpBlock.parse("10.0." + self + "." + round),
                                        Optional.empty(),
                                        IpScope.CHARGER,
                                        Optional.empty())));
            case 2 -> insist(() -> core.createProfile().run(door(admin), ProfileFixture.wanted(name)));
            case 3 ->
                insist(() -> core.addChargers()
                        .run(
                                door(admin),
                                List.of(new NewCharger(
                                        "",
                                        new ChargePointIdentity("CP-" + name),
                                        Optional.empty(),
                                        Optional.of(profile),
                                        Optional.empty(),
                                        Optional.empty()))));
            case 4 ->
                insist(() -> core.updateTenant()
                        .run(
                                door(admin),
                                new TenantEdit(Optional.of(new TenantName(name)), new Edit.Keep<>()),
                                Precondition.NONE));
            default -> changeRole(admin, viewer, round);
        }
    }

    private void changeRole(Caller admin, Caller viewer, int round) {
        RoleChange change = new RoleChange(viewer.id(), round % 2 == 0 ? Role.USER : Role.VIEWER);
        insist(() -> core.changeRoles().run(door(admin), List.of(change)));
    }

    private Door door(Caller admin) {
        return core.door(admin, "acme", Role.ADMIN);
    }

    /// As a request, but for the time that it has.
    private <T> T insist(Supplier<Decision<T>> decide) {
        return Backoff.forWork(random, TRIES).commit(core.table(), _ -> decide.get());
    }
}
