package dev.tenantry.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.identity.UserId;
import dev.tenantry.invites.Acceptance;
import dev.tenantry.invites.EmailAddress;
import dev.tenantry.invites.Invite;
import dev.tenantry.invites.Language;
import dev.tenantry.operator.CreateForAdmin.Created;
import dev.tenantry.refusal.Refusal.DomainPrefixTaken;
import dev.tenantry.refusal.Refusal.InviteRevoked;
import dev.tenantry.storage.Decision;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenancy.TenantState;
import dev.tenantry.tenants.NewTenant;
import dev.tenantry.tenants.TenantName;
import dev.tenantry.testing.Pages;
import dev.tenantry.testing.People;
import dev.tenantry.testing.Race;
import dev.tenantry.testing.TwoTenants;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CreateForAdminTest extends TwoTenants {

    private static final String REQUEST = "command";

    private final Caller eve = People.named("eve");

    @Test
    void foundsATenantWhoseAdminIsInvited() {
        Created created = create("New One", "new-one", "eve@example.com");

        assertThat(created.isNew()).isTrue();
        assertThat(created.tenant().state()).isEqualTo(TenantState.ACTIVE);
        assertThat(mailbox.mails()).singleElement().satisfies(mail -> {
            assertThat(mail.to()).isEqualTo("eve@example.com");
            assertThat(mail.text()).contains("New One");
        });
        assertThat(core.trail("new-one"))
                .extracting(entry -> entry.action(), entry -> entry.actorId())
                .containsExactly(tuple("invite.created", "operator"), tuple("tenant.created", "operator"));

        core.commit(core.acceptInvite().run(eve, mailbox.lastToken()));

        assertThat(core.door(eve, "new-one", Role.ADMIN).open().role()).isEqualTo(Role.ADMIN);
        assertThat(core.repairCounters()
                        .run(new DomainPrefix("new-one"), () -> true)
                        .repaired())
                .isEmpty();
        // It counts for nobody.
        assertThat(core.showAnyTenant()
                        .run(new DomainPrefix("new-one"), REQUEST)
                        .details())
                .hasValueSatisfying(details -> assertThat(details.founder()).isEmpty());
    }

    /// The operator is no admin who could be removed: their invite holds.
    @Test
    void showsTheInviteAsPending() {
        create("New One", "new-one", "eve@example.com");
        assertThat(core.listInvites()
                        .run(lookups -> core.scope("new-one", lookups), Pages.LARGEST)
                        .items())
                .singleElement()
                .satisfies(shown -> {
                    assertThat(shown.status()).isEqualTo(Invite.Status.PENDING);
                    assertThat(shown.invite().invitedBy()).isEqualTo(UserId.OPERATOR);
                });
    }

    @Test
    void invitesAgainAsLongAsNobodyIsIn() {
        create("New One", "new-one", "eve@example.com");
        String first = mailbox.lastToken();
        clock.advance(Duration.ofDays(8));

        assertThat(create("New One", "new-one", "eve@example.com").isNew()).isFalse();

        assertThat(mailbox.lastToken()).isNotEqualTo(first);
        core.commit(core.acceptInvite().run(eve, mailbox.lastToken()));
        assertThatExceptionOfType(DomainPrefixTaken.class)
                .isThrownBy(() -> create("New One", "new-one", "eve@example.com"));
    }

    /// The address was wrong: whoever has that one must not get in.
    @Test
    void revokesTheInviteToAnotherAddress() {
        create("New One", "new-one", "mallory@example.com");
        String wrong = mailbox.lastToken();
        create("New One", "new-one", "eve@example.com");
        create("New One", "new-one", "eve@example.com");

        assertThatExceptionOfType(InviteRevoked.class)
                .isThrownBy(() -> core.acceptInvite().run(People.named("mallory"), wrong));
        assertThat(core.trail("new-one"))
                .extracting(entry -> entry.action())
                .containsExactlyInAnyOrder(
                        "tenant.created", "invite.created", "invite.revoked", "invite.created", "invite.renewed");
        core.commit(core.acceptInvite().run(eve, mailbox.lastToken()));
        assertThat(core.repairCounters()
                        .run(new DomainPrefix("new-one"), () -> true)
                        .repaired())
                .isEmpty();
    }

    /// Whoever has the wrong address is quicker than the operator: it must not look as if all were well.
    @Test
    void tellsThatSomebodyHasJoinedMeanwhile() {
        create("New One", "new-one", "mallory@example.com");
        Decision<Created> late = decide("New One", "new-one", "eve@example.com");
        Decision<Created> same = decide("New One", "new-one", "mallory@example.com");
        core.commit(core.acceptInvite().run(People.named("mallory"), mailbox.lastToken()));

        assertConflict(late);
        assertConflict(same);
        assertThatExceptionOfType(DomainPrefixTaken.class)
                .isThrownBy(() -> create("New One", "new-one", "eve@example.com"));
    }

    /// The invite is gone when it is looked for, and nobody was there when people were counted.
    @Test
    void seesThatSomebodyJoinsBetweenTwoReads() {
        create("New One", "new-one", "mallory@example.com");
        faulty.next("batchGetItem", (_, call) -> call.happen(), (_, call) -> {
            core.commit(core.acceptInvite().run(People.named("mallory"), mailbox.lastToken()));
            return call.happen();
        });
        assertConflict(decide("New One", "new-one", "eve@example.com"));
    }

    @Test
    void leavesOneWayInAtMostWhenAcceptedAndCorrectedAtOnce() throws Exception {
        for (int round = 0; round < 20; round++) {
            String prefix = "new-" + round;
            create("New One", prefix, "mallory@example.com");
            String wrong = mailbox.lastToken();
            List<Object> outcomes = Race.run(
                    3,
                    i -> () -> i == 0
                            ? core.commit(core.acceptInvite().run(People.named("mallory"), wrong))
                            : core.commit(decide("New One", prefix, "eve" + i + "@example.com")));

            boolean isIn = outcomes.getFirst() instanceof Acceptance;
            if (isIn) {
                assertThat(outcomes).noneMatch(Created.class::isInstance);
            }
            assertThat(core.listInvites()
                            .run(lookups -> core.scope(prefix, lookups), Pages.LARGEST)
                            .items())
                    .as("round %s: %s", round, outcomes)
                    .hasSize(isIn ? 0 : 1);
        }
    }

    @Test
    void takesNobodysPrefix() {
        assertThatExceptionOfType(DomainPrefixTaken.class).isThrownBy(() -> create("acme", "acme", "eve@example.com"));
        create("New One", "new-one", "eve@example.com");
        assertThatExceptionOfType(DomainPrefixTaken.class)
                .isThrownBy(() -> create("Another", "new-one", "eve@example.com"));
        assertThat(mailbox.mails()).hasSize(1);
    }

    @Test
    void listsAllTenantsWithTheirStates() {
        for (int i = 0; i < 7; i++) {
            create("Tenant " + i, "tenant-" + i, "eve@example.com");
        }
        List<TenantSummary> all = Pages.items(3, page -> core.listTenants().run(page, REQUEST));
        assertThat(all)
                .extracting(tenant -> tenant.tenant().value())
                .containsExactly(
                        "acme",
                        "other",
                        "tenant-0",
                        "tenant-1",
                        "tenant-2",
                        "tenant-3",
                        "tenant-4",
                        "tenant-5",
                        "tenant-6");
        assertThat(all).extracting(TenantSummary::name).contains(Optional.of(new TenantName("Tenant 3")));
    }

    @Test
    void exportsWhatIsTheirsAndNoSecret() {
        create("New One", "new-one", "eve@example.com");
        core.commit(core.acceptInvite().run(eve, mailbox.lastToken()));
        List<Map<String, Object>> lines = core.exportTenant()
                .run(new DomainPrefix("new-one"), Optional.empty(), REQUEST)
                .items();
        assertThat(lines).extracting(line -> line.get("type")).contains("tenant", "user", "audit");
        assertThat(lines.toString()).contains("eve@example.com").doesNotContain("tokenDigest");
    }

    private Decision<Created> decide(String name, String prefix, String admin) {
        return core.createForAdmin()
                .run(
                        new NewTenant(new TenantName(name), new DomainPrefix(prefix)),
                        new EmailAddress(admin),
                        new Language("en"),
                        REQUEST);
    }

    private Created create(String name, String prefix, String admin) {
        Created created = core.commit(decide(name, prefix, admin));
        core.table().commit(core.sendInvite().run(created.invite()));
        return created;
    }
}
