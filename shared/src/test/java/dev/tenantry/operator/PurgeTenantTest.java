package dev.tenantry.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.operator.PurgeTenant.Due;
import dev.tenantry.operator.PurgeTenant.Purge;
import dev.tenantry.refusal.Refusal.DomainPrefixTaken;
import dev.tenantry.refusal.Refusal.TenantNotFound;
import dev.tenantry.refusal.Refusal.Unavailable;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Precondition;
import dev.tenantry.storage.Put;
import dev.tenantry.storage.Row;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenancy.TenantDoors;
import dev.tenantry.tenancy.TenantState;
import dev.tenantry.testing.FaultyDynamoDb.Fault;
import dev.tenantry.testing.Pages;
import dev.tenantry.testing.Race;
import dev.tenantry.usage.Counters;
import dev.tenantry.usage.Report;
import dev.tenantry.usage.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PurgeTenantTest extends FullTenant {

    @Test
    void leavesNothingButTheClaimToThePrefix() {
        fill();
        Set<String> secrets = secrets();
        assertThat(telling(secrets.toArray(String[]::new))).hasSizeGreaterThan(20);
        delete();

        Purge purge = purge();

        assertThat(purge.isComplete()).isTrue();
        assertThat(purge.rows())
                .containsEntry("TENANT", 1)
                .containsEntry("MEMBER", 3)
                .containsKeys("AUDIT", "IP");
        // Dan is in another tenant.
        secrets.removeAll(Set.of(dan.id().value(), "dan@example.com"));
        assertThat(telling(secrets.toArray(String[]::new))).containsExactly("TENANT#acme");
        assertThat(core.doors().command(ACME, REQUEST).state()).isEqualTo(TenantState.PURGED);
        assertThatExceptionOfType(DomainPrefixTaken.class).isThrownBy(() -> core.tenant("acme", ada));
        // What others have is as it was.
        assertThat(core.doors().member(dan, "other", Role.ADMIN).open().role()).isEqualTo(Role.ADMIN);
        assertThat(texts()).contains("TENANT#other");
        assertThat(purge()).isEqualTo(new Purge(ACME, Map.of(), true));
    }

    /// Whatever says whose it was.
    private Set<String> secrets() {
        return new TreeSet<>(Set.of(
                "acme",
                ada.id().value(),
                bea.id().value(),
                cyd.id().value(),
                dan.id().value(),
                "ada@example.com",
                "bea@example.com",
                "cyd@example.com",
                "dan@example.com",
                "invited@example.org",
                "revoked@example.org",
                "203.0.113.0",
                "198.51.100.9",
                "cus_"));
    }

    @Test
    void tellsWhatItWouldRemoveAndRemovesNothing() {
        fill();
        delete();
        Set<String> before = texts();

        Purge look = core.purgeTenant().look(ACME, REQUEST, () -> true);

        assertThat(texts()).isEqualTo(before);
        assertThat(look.rows()).containsEntry("MEMBER", 3).containsEntry("INVITE", 1);
        assertThat(core.restoreTenant().run(ACME, REQUEST).result().state()).isEqualTo(TenantState.ACTIVE);
    }

    @Test
    void purgesNothingThatIsNotDeletedOrWasSoJustNow() {
        assertThatExceptionOfType(NotPossible.class)
                .isThrownBy(this::purge)
                .satisfies(e -> assertThat(e.code()).isEqualTo("tenant_not_deleted"));
        assertThatExceptionOfType(TenantNotFound.class)
                .isThrownBy(() -> core.purgeTenant().run(new DomainPrefix("nobody"), REQUEST, () -> true));
        core.insist(() -> core.deleteTenant().run(core.doors().operator(ACME, REQUEST), Precondition.NONE));
        clock.advance(PurgeTenant.QUIET.minusMillis(1));
        assertThatExceptionOfType(NotPossible.class)
                .isThrownBy(this::purge)
                .satisfies(e -> assertThat(e.code()).isEqualTo("deleted_just_now"));
        clock.advance(Duration.ofMillis(1));
        assertThat(purge().isComplete()).isTrue();
    }

    @Test
    void bringsNothingBackOnceAPurgeHasBegun() {
        fill();
        delete();
        AtomicInteger steps = new AtomicInteger();
        Purge cut = core.purgeTenant().run(ACME, REQUEST, () -> steps.incrementAndGet() <= 1);
        assertThat(cut.isComplete()).isFalse();

        assertThatExceptionOfType(NotPossible.class)
                .isThrownBy(() -> core.restoreTenant().run(ACME, REQUEST))
                .satisfies(e -> assertThat(e.code()).isEqualTo("tenant_purged"));
        assertThat(core.listTenants().run(Pages.LARGEST, REQUEST).items())
                .extracting(TenantSummary::state)
                .containsExactly(TenantState.PURGING, TenantState.ACTIVE);
        assertThat(purge().isComplete()).isTrue();
        assertThat(telling("acme")).containsExactly("TENANT#acme");
    }

    /// Decided before the purge began, which moved the version on.
    @Test
    void restoresNothingThatIsBeingPurgedMeanwhile() {
        delete();
        var restoration = core.restoreTenant().run(ACME, REQUEST);
        AtomicInteger steps = new AtomicInteger();
        core.purgeTenant().run(ACME, REQUEST, () -> steps.incrementAndGet() < 1);
        assertConflict(restoration);
    }

    /// Usage that waits when its tenant is purged is dropped, and makes no rows.
    @Test
    void dropsUsageThatComesLate() {
        core.ingest(List.of(report()));
        delete();
        assertThat(purge().isComplete()).isTrue();
        assertThat(telling("acme")).hasSize(2);

        assertThat(core.aggregateUsage().run(() -> true).failures()).isEmpty();
        assertThat(telling("acme")).containsExactly("TENANT#acme");
    }

    /// A fold that was decided in a tenant that was deleted does not happen once it is purged.
    @Test
    void foldsNothingIntoATenantThatIsPurgedMeanwhile() {
        core.ingest(List.of(report()));
        delete();
        faulty.next("transactWriteItems", (_, call) -> {
            assertThat(purge().isComplete()).isTrue();
            return call.happen();
        });
        core.aggregateUsage().run(() -> true);
        core.aggregateUsage().run(() -> true);
        assertThat(telling("acme")).containsExactly("TENANT#acme");
    }

    /// What can't be read is not put aside for a tenant that is gone, nor for one that goes while it is.
    @Test
    void keepsNothingThatCantBeRead() {
        delete();
        unreadable();
        faulty.next("transactWriteItems", (_, call) -> {
            assertThat(purge().isComplete()).isTrue();
            return call.happen();
        });
        assertThat(core.aggregateUsage().run(() -> true).quarantined()).isEmpty();
        assertThat(core.aggregateUsage().run(() -> true).stuck()).isEmpty();
        assertThat(telling("acme")).containsExactly("TENANT#acme");
    }

    @Test
    void removesWhatWasPutAsideBefore() {
        unreadable();
        assertThat(core.aggregateUsage().run(() -> true).quarantined()).hasSize(1);
        delete();
        AtomicInteger steps = new AtomicInteger();
        while (!core.purgeTenant()
                .run(ACME, REQUEST, () -> steps.incrementAndGet() % 3 != 0)
                .isComplete()) {}
        assertThat(telling("acme")).containsExactly("TENANT#acme");
    }

    private void unreadable() {
        core.table()
                .commit(Change.empty()
                        .with(Put.newRow(
                                Keys.batch(3, "0000000000000-cut"),
                                Row.with().text(TenantDoors.TENANT, "acme").row())));
    }

    private Report report() {
        return new Report("late", ACME, List.of(Sample.of(clock.instant(), new Counters(1, 0, 10, 0, 0, 0, 0))));
    }

    @Test
    void purgesByItselfWhatHasBeenDeletedForAsLongAsItIsKept() {
        core.tenant("later", ada);
        delete();
        clock.advance(Duration.ofDays(1));
        core.insist(() ->
                core.deleteTenant().run(core.doors().operator(new DomainPrefix("later"), REQUEST), Precondition.NONE));

        clock.advance(Duration.ofDays(29).minus(Duration.ofMinutes(1)).minusMillis(1));
        assertThat(purgeDue().purges()).isEmpty();
        clock.advance(Duration.ofMillis(1));
        assertThat(purgeDue().purges()).extracting(Purge::tenant).containsExactly(ACME);
        assertThat(purgeDue().purges()).isEmpty();
        clock.advance(Duration.ofDays(2));
        assertThat(purgeDue().purges()).extracting(Purge::tenant).containsExactly(new DomainPrefix("later"));
        assertThat(core.listTenants().run(Pages.LARGEST, REQUEST).items())
                .extracting(TenantSummary::tenant)
                .containsExactly(new DomainPrefix("other"));
    }

    /// Whoever began it by hand does not come to its end: the next hour does, however long retention goes on.
    @Test
    void endsByItselfWhatSomebodyBegan() {
        fill();
        delete();
        AtomicInteger steps = new AtomicInteger();
        assertThat(core.purgeTenant()
                        .run(ACME, REQUEST, () -> steps.incrementAndGet() <= 1)
                        .isComplete())
                .isFalse();

        assertThat(purgeDue().purges()).extracting(Purge::tenant).containsExactly(ACME);

        assertThat(telling("acme")).containsExactly("TENANT#acme");
        assertThat(purgeDue().purges()).isEmpty();
    }

    /// Somebody restores one while all that are due are looked at.
    @Test
    void looksAtTheOthersWhereOneIsRestored() {
        core.tenant("beta", ada);
        delete();
        core.insist(() ->
                core.deleteTenant().run(core.doors().operator(new DomainPrefix("beta"), REQUEST), Precondition.NONE));
        clock.advance(Duration.ofDays(31));
        AtomicBoolean isRestored = new AtomicBoolean();

        Due due = core.purgeTenant().lookDue(REQUEST, () -> {
            if (isRestored.compareAndSet(false, true)) {
                core.commit(core.restoreTenant().run(new DomainPrefix("beta"), REQUEST));
            }
            return true;
        });

        assertThat(due.purges()).extracting(Purge::tenant).containsExactly(ACME);
    }

    /// One that fails is told of, and the others are purged all the same.
    @Test
    void purgesTheOthersWhereOneFails() {
        core.tenant("beta", ada);
        delete();
        core.insist(() ->
                core.deleteTenant().run(core.doors().operator(new DomainPrefix("beta"), REQUEST), Precondition.NONE));
        clock.advance(Duration.ofDays(31));
        faulty.next("transactWriteItems", Fault.THROTTLED);

        Due due = purgeDue();

        assertThat(due.failures()).containsOnlyKeys(ACME);
        assertThat(due.purges()).extracting(Purge::tenant).containsExactly(new DomainPrefix("beta"));
        assertThat(purgeDue().purges()).extracting(Purge::tenant).containsExactly(ACME);
    }

    /// Whatever happens to whichever of its steps: written and not heard of, not written, in another one's way.
    @Test
    void goesOnWhereItWasStopped() {
        fill();
        delete();
        faulty.next(
                "transactWriteItems",
                Fault.LOST_ANSWER,
                Fault.OUT_OF_REACH,
                Fault.CONFLICT,
                Fault.LOST_ANSWER,
                Fault.THROTTLED,
                Fault.LOST_ANSWER);
        int stopped = 0;
        while (true) {
            try {
                if (purge().isComplete()) {
                    break;
                }
            } catch (Unavailable e) {
                stopped++;
            }
        }
        assertThat(stopped).isGreaterThanOrEqualTo(3);
        assertThat(telling("acme", "bea@example.com", cyd.id().value())).containsExactly("TENANT#acme");
    }

    @Test
    void purgesOnceHoweverManyDoItAtOnce() throws InterruptedException {
        fill();
        delete();
        List<Object> outcomes = Race.run(
                4, _ -> () -> core.purgeTenant().run(ACME, REQUEST, () -> true).isComplete());
        assertThat(outcomes).containsOnly(true);
        assertThat(telling("acme")).containsExactly("TENANT#acme");
    }

    /// What a domain was proven by is free at once, and stays free.
    @Test
    void leavesNoClaimToAHost() {
        fill();
        var proof = core.tenants().tenant(core.scope("acme")).domainProof().orElseThrow();
        core.dns().publish(proof.name(), proof.value());
        core.insist(() -> core.verifyDomain().run(door(ada), clock.instant()));
        assertThat(telling("chargers.acme.org")).isNotEmpty();
        delete();
        purge();
        assertThat(telling("chargers.acme.org")).isEmpty();
    }

    private Purge purge() {
        return core.purgeTenant().run(ACME, REQUEST, () -> true);
    }

    private Due purgeDue() {
        return core.purgeTenant().runDue(REQUEST, () -> true);
    }
}
